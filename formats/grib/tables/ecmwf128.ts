/**
 * ECMWF's table 128 of GRIB1 (and of parameter identifiers up to 255): number, short name, units, name, as ecCodes 2.28 (Apache-2.0) lists them.
 */
export const ECMWF_TABLE_128 = `
1 strf|m**2 s**-1|Stream function
2 vp|m**2 s**-1|Velocity potential
3 pt|K|Potential temperature
4 eqpt|K|Equivalent potential temperature
5 sept|K|Saturated equivalent potential temperature
6 ssfr|(0 - 1)|Soil sand fraction
7 scfr|(0 - 1)|Soil clay fraction
8 sro|m|Surface runoff
9 ssro|m|Sub-surface runoff
10 ws|m s**-1|Wind speed
11 udvw|m s**-1|U component of divergent wind
12 vdvw|m s**-1|V component of divergent wind
13 urtw|m s**-1|U component of rotational wind
14 vrtw|m s**-1|V component of rotational wind
15 aluvp|(0 - 1)|UV visible albedo for direct radiation
16 aluvd|(0 - 1)|UV visible albedo for diffuse radiation
17 alnip|(0 - 1)|Near IR albedo for direct radiation
18 alnid|(0 - 1)|Near IR albedo for diffuse radiation
19 uvcs|J m**-2|Clear sky surface UV
20 parcs|J m**-2|Clear sky surface photosynthetically active radiation
21 uctp|K|Unbalanced component of temperature
22 ucln|~|Unbalanced component of logarithm of surface pressure
23 ucdv|s**-1|Unbalanced component of divergence
26 cl|(0 - 1)|Lake cover
27 cvl|(0 - 1)|Low vegetation cover
28 cvh|(0 - 1)|High vegetation cover
29 tvl|~|Type of low vegetation
30 tvh|~|Type of high vegetation
31 ci|(0 - 1)|Sea ice area fraction
32 asn|(0 - 1)|Snow albedo
33 rsn|kg m**-3|Snow density
34 sst|K|Sea surface temperature
35 istl1|K|Ice temperature layer 1
36 istl2|K|Ice temperature layer 2
37 istl3|K|Ice temperature layer 3
38 istl4|K|Ice temperature layer 4
39 swvl1|m**3 m**-3|Volumetric soil water layer 1
40 swvl2|m**3 m**-3|Volumetric soil water layer 2
41 swvl3|m**3 m**-3|Volumetric soil water layer 3
42 swvl4|m**3 m**-3|Volumetric soil water layer 4
43 slt|~|Soil type
44 es|m of water equivalent|Snow evaporation
45 smlt|m of water equivalent|Snowmelt
46 sdur|s|Solar duration
47 dsrp|J m**-2|Direct solar radiation
48 magss|N m**-2 s|Magnitude of turbulent surface stress
49 10fg|m s**-1|10 metre wind gust since previous post-processing
50 lspf|s|Large-scale precipitation fraction
51 mx2t24|K|Maximum temperature at 2 metres in the last 24 hours
52 mn2t24|K|Minimum temperature at 2 metres in the last 24 hours
53 mont|m**2 s**-2|Montgomery potential
54 pres|Pa|Pressure
55 mean2t24|K|Mean temperature at 2 metres in the last 24 hours
56 mn2d24|K|Mean 2 metre dewpoint temperature in the last 24 hours
57 uvb|J m**-2|Downward UV radiation at the surface
58 par|J m**-2|Photosynthetically active radiation at the surface
59 cape|J kg**-1|Convective available potential energy
60 pv|K m**2 kg**-1 s**-1|Potential vorticity
62 obct|~|Observation count
63 stsktd|s|Start time for skin temperature difference
64 ftsktd|s|Finish time for skin temperature difference
65 sktd|K|Skin temperature difference
66 lai_lv|m**2 m**-2|Leaf area index, low vegetation
67 lai_hv|m**2 m**-2|Leaf area index, high vegetation
68 msr_lv|s m**-1|Minimum stomatal resistance, low vegetation
69 msr_hv|s m**-1|Minimum stomatal resistance, high vegetation
70 bc_lv|(0 - 1)|Biome cover, low vegetation
71 bc_hv|(0 - 1)|Biome cover, high vegetation
72 issrd|W m**-2|Instantaneous surface solar radiation downwards
73 istrd|W m**-2|Instantaneous surface thermal radiation downwards
74 sdfor|m|Standard deviation of filtered subgrid orography
75 crwc|kg kg**-1|Specific rain water content
76 cswc|kg kg**-1|Specific snow water content
77 etadot|s**-1|Eta-coordinate vertical velocity
78 tclw|kg m**-2|Total column cloud liquid water
79 tciw|kg m**-2|Total column cloud ice water
121 mx2t6|K|Maximum temperature at 2 metres in the last 6 hours
122 mn2t6|K|Minimum temperature at 2 metres in the last 6 hours
123 10fg6|m s**-1|10 metre wind gust in the last 6 hours
124 emis|dimensionless|Surface emissivity
125 vite|J m**-2|Vertically integrated total energy
127 at|~|Atmospheric tide
128 bv|~|Budget values
129 z|m**2 s**-2|Geopotential
130 t|K|Temperature
131 u|m s**-1|U component of wind
132 v|m s**-1|V component of wind
133 q|kg kg**-1|Specific humidity
134 sp|Pa|Surface pressure
135 w|Pa s**-1|Vertical velocity
136 tcw|kg m**-2|Total column water
137 tcwv|kg m**-2|Total column vertically-integrated water vapour
138 vo|s**-1|Vorticity (relative)
139 stl1|K|Soil temperature level 1
140 swl1|m of water equivalent|Soil wetness level 1
141 sd|m of water equivalent|Snow depth
142 lsp|m|Large-scale precipitation
143 cp|m|Convective precipitation
144 sf|m of water equivalent|Snowfall
145 bld|J m**-2|Boundary layer dissipation
146 sshf|J m**-2|Surface sensible heat flux
147 slhf|J m**-2|Surface latent heat flux
148 chnk|~|Charnock
149 snr|J m**-2|Surface net radiation
150 tnr|J m**-2|Top net radiation
151 msl|Pa|Mean sea level pressure
152 lnsp|~|Logarithm of surface pressure
153 swhr|K|Short-wave heating rate
154 lwhr|K|Long-wave heating rate
155 d|s**-1|Divergence
156 gh|gpm|Geopotential height
157 r|%|Relative humidity
158 tsp|Pa s**-1|Tendency of surface pressure
159 blh|m|Boundary layer height
160 sdor|m|Standard deviation of orography
161 isor|~|Anisotropy of sub-gridscale orography
162 anor|radians|Angle of sub-gridscale orography
163 slor|~|Slope of sub-gridscale orography
164 tcc|(0 - 1)|Total cloud cover
165 10u|m s**-1|10 metre U wind component
166 10v|m s**-1|10 metre V wind component
167 2t|K|2 metre temperature
168 2d|K|2 metre dewpoint temperature
169 ssrd|J m**-2|Surface short-wave (solar) radiation downwards
170 stl2|K|Soil temperature level 2
171 swl2|m of water equivalent|Soil wetness level 2
172 lsm|(0 - 1)|Land-sea mask
173 sr|m|Surface roughness
174 al|(0 - 1)|Albedo
175 strd|J m**-2|Surface long-wave (thermal) radiation downwards
176 ssr|J m**-2|Surface net short-wave (solar) radiation
177 str|J m**-2|Surface net long-wave (thermal) radiation
178 tsr|J m**-2|Top net short-wave (solar) radiation
179 ttr|J m**-2|Top net long-wave (thermal) radiation
180 ewss|N m**-2 s|Eastward turbulent surface stress
181 nsss|N m**-2 s|Northward turbulent surface stress
182 e|m of water equivalent|Evaporation
183 stl3|K|Soil temperature level 3
184 swl3|m of water equivalent|Soil wetness level 3
185 ccc|(0 - 1)|Convective cloud cover
186 lcc|(0 - 1)|Low cloud cover
187 mcc|(0 - 1)|Medium cloud cover
188 hcc|(0 - 1)|High cloud cover
189 sund|s|Sunshine duration
190 ewov|m**2|East-West component of sub-gridscale orographic variance
191 nsov|m**2|North-South component of sub-gridscale orographic variance
192 nwov|m**2|North-West/South-East component of sub-gridscale orographic variance
193 neov|m**2|North-East/South-West component of sub-gridscale orographic variance
194 btmp|K|Brightness temperature
195 lgws|N m**-2 s|Eastward gravity wave surface stress
196 mgws|N m**-2 s|Northward gravity wave surface stress
197 gwd|J m**-2|Gravity wave dissipation
198 src|m of water equivalent|Skin reservoir content
199 veg|(0 - 1)|Vegetation fraction
200 vso|m**2|Variance of sub-gridscale orography
201 mx2t|K|Maximum temperature at 2 metres since previous post-processing
202 mn2t|K|Minimum temperature at 2 metres since previous post-processing
203 o3|kg kg**-1|Ozone mass mixing ratio
204 paw|~|Precipitation analysis weights
205 ro|m|Runoff
206 tco3|kg m**-2|Total column ozone
207 10si|m s**-1|10 metre wind speed
208 tsrc|J m**-2|Top net solar radiation, clear sky
209 ttrc|J m**-2|Top net thermal radiation, clear sky
210 ssrc|J m**-2|Surface net short-wave (solar) radiation, clear sky
211 strc|J m**-2|Surface net long-wave (thermal) radiation, clear sky
212 tisr|J m**-2|TOA incident solar radiation
213 vimd|kg m**-2|Vertically integrated moisture divergence
214 dhr|K|Diabatic heating by radiation
215 dhvd|K|Diabatic heating by vertical diffusion
216 dhcc|K|Diabatic heating by cumulus convection
217 dhlc|K|Diabatic heating large-scale condensation
218 vdzw|m s**-1|Vertical diffusion of zonal wind
219 vdmw|m s**-1|Vertical diffusion of meridional wind
220 ewgd|m s**-1|East-West gravity wave drag tendency
221 nsgd|m s**-1|North-South gravity wave drag tendency
222 ctzw|m s**-1|Convective tendency of zonal wind
223 ctmw|m s**-1|Convective tendency of meridional wind
224 vdh|kg kg**-1|Vertical diffusion of humidity
225 htcc|kg kg**-1|Humidity tendency by cumulus convection
226 htlc|kg kg**-1|Humidity tendency by large-scale condensation
227 crnh|kg kg**-1|Tendency due to removal of negative humidity
228 tp|m|Total precipitation
229 iews|N m**-2|Instantaneous eastward turbulent surface stress
230 inss|N m**-2|Instantaneous northward turbulent surface stress
231 ishf|W m**-2|Instantaneous surface sensible heat flux
232 ie|kg m**-2 s**-1|Instantaneous moisture flux
233 asq|kg kg**-1|Apparent surface humidity
234 lsrh|~|Logarithm of surface roughness length for heat
235 skt|K|Skin temperature
236 stl4|K|Soil temperature level 4
237 swl4|m|Soil wetness level 4
238 tsn|K|Temperature of snow layer
239 csf|m of water equivalent|Convective snowfall
240 lsf|m of water equivalent|Large-scale snowfall
241 acf|(-1 to 1)|Accumulated cloud fraction tendency
242 alw|(-1 to 1)|Accumulated liquid water tendency
243 fal|(0 - 1)|Forecast albedo
244 fsr|m|Forecast surface roughness
245 flsr|~|Forecast logarithm of surface roughness for heat
246 clwc|kg kg**-1|Specific cloud liquid water content
247 ciwc|kg kg**-1|Specific cloud ice water content
248 cc|(0 - 1)|Fraction of cloud cover
249 aiw|(-1 to 1)|Accumulated ice water tendency
250 ice|(0 - 1)|Ice age
251 atte|K|Adiabatic tendency of temperature
252 athe|kg kg**-1|Adiabatic tendency of humidity
253 atze|m s**-1|Adiabatic tendency of zonal wind
254 atmw|m s**-1|Adiabatic tendency of meridional wind
`;
