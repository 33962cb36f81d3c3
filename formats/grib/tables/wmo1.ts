/**
 * WMO's table 2 of GRIB1, versions 1 to 3: number ("@" type of level and ":" its value where only they make the name), short name, units, name, as
 * ecCodes 2.28 (Apache-2.0) lists them.
 */
export const WMO_GRIB1 = `
1 pres|Pa|Pressure
1@1 sp|Pa|Surface pressure
2 msl|Pa|Mean sea level pressure
3 ptend|Pa s**-1|Pressure tendency
4 pv|K m**2 kg**-1 s**-1|Potential vorticity
5 icaht|m|ICAO Standard Atmosphere reference height
6 z|m**2 s**-2|Geopotential
7 gh|gpm|Geopotential height
7@1 orog|m|Orography
8 h|m|Geometrical height
9 hstdv|m|Standard deviation of height
10 tco3|kg m**-2|Total column ozone
11 t|K|Temperature
11@105:2 2t|K|2 metre temperature
12 vtmp|K|Virtual temperature
13 pt|K|Potential temperature
14 papt|K|Pseudo-adiabatic potential temperature
15@105:2 mx2t6|K|Maximum temperature at 2 metres in the last 6 hours
15 tmax|K|Maximum temperature
16@105:2 mn2t6|K|Minimum temperature at 2 metres in the last 6 hours
16 tmin|K|Minimum temperature
17@105:2 2d|K|2 metre dewpoint temperature
17 dpt|K|Dew point temperature
18 depr|K|Dew point depression (or deficit)
19 lapr|K m**-1|Lapse rate
20 vis|m|Visibility
21 rdsp1|~|Radar spectra (1)
22 rdsp2|~|Radar spectra (2)
23 rdsp3|~|Radar spectra (3)
24 pli|K|Parcel lifted index (to 500 hPa)
25 ta|K|Temperature anomaly
26 presa|Pa|Pressure anomaly
27 gpa|gpm|Geopotential height anomaly
28 wvsp1|~|Wave spectra (1)
29 wvsp2|~|Wave spectra (2)
30 wvsp3|~|Wave spectra (3)
31 wdir|Degree true|Wind direction
32 ws|m s**-1|Wind speed
33 u|m s**-1|U component of wind
33@105:10 10u|m s**-1|10 metre U wind component
34 v|m s**-1|V component of wind
34@105:10 10v|m s**-1|10 metre V wind component
35 strf|m**2 s**-1|Stream function
36 vp|m**2 s**-1|Velocity potential
37 mntsf|m**2 s**-2|Montgomery stream Function
38 sgcvv|s**-1|Sigma coordinate vertical velocity
39 w|Pa s**-1|Vertical velocity
41 absv|s**-1|Absolute vorticity
42 absd|s**-1|Absolute divergence
43 vo|s**-1|Vorticity (relative)
44 d|s**-1|Divergence
45 vucsh|s**-1|Vertical u-component shear
46 vvcsh|s**-1|Vertical v-component shear
47 dirc|Degree true|Direction of current
48 spc|m s**-1|Speed of current
49 ucurr|m s**-1|U-component of current
50 vcurr|m s**-1|V-component of current
51 q|kg kg**-1|Specific humidity
52 r|%|Relative humidity
53 mixr|kg kg**-1|Humidity mixing ratio
54 pwat|kg m**-2|Precipitable water
55 vp|Pa|Vapour pressure
56 satd|Pa|Saturation deficit
57 e|m of water equivalent|Evaporation
59 prate|kg m**-2 s**-1|Precipitation rate
60 tstm|%|Thunderstorm probability
61@1:0 tp|kg m**-2|Total Precipitation
62 lsp|kg m**-2|large scale precipitation
63 acpcp|kg m**-2|Convective precipitation (water)
64 srweq|kg m**-2 s**-1|Snow fall rate water equivalent
65 sf|kg m**-2|Snow Fall water equivalent
66 sde|m|Snow depth
67 mld|m|Mixed layer depth
68 tthdp|m|Transient thermocline depth
69 mthd|m|Main thermocline depth
70 mtha|m|Main thermocline anomaly
71 tcc|%|Total Cloud Cover
72 ccc|%|Convective cloud cover
73 lcc|%|Low cloud cover
74 mcc|%|Medium cloud cover
75 hcc|%|High cloud cover
76 cwat|kg m**-2|Cloud water
77 bli|K|Best lifted index (to 500 hPa)
78 snoc|kg m**-2|Convective snow
79 lssf|kg m**-2|Large scale snow
80 wtmp|K|Water temperature
81 lsm|(0 - 1)|Land-sea mask
82 dslm|m|Deviation of sea-level from mean
83 sr|m|Surface roughness
84 al|%|Albedo
85 st|K|Soil temperature
86 sm|kg m**-3|Soil moisture
87 vegrea|%|Percentage of vegetation
88 s|kg kg**-1|Salinity
89 den|kg m**-3|Density
90 ro|m|Runoff
91 icec|(0 - 1)|Ice cover (1=ice, 0=no ice)
92 icetk|m|Ice thickness
93 diced|Degree true|Direction of ice drift
94 siced|m s**-1|Speed of ice drift
95 uice|m s**-1|U-component of ice drift
96 vice|m s**-1|V-component of ice drift
97 iceg|m s**-1|Ice growth rate
98 iced|s**-1|Ice divergence
99 snom|kg m**-2|Snow melt
100 swh|m|Signific.height,combined wind waves+swell
101 mdww|Degree true|Mean direction of wind waves
102 shww|m|Significant height of wind waves
103 mpww|s|Mean period of wind waves
104 swdir|Degree true|Direction of swell waves
105 swell|m|Significant height of swell waves
106 swper|s|Mean period of swell waves
107 mdps|Degree true|Primary wave direction
108 mpps|s|Primary wave mean period
109 dirsw|Degree true|Secondary wave direction
110 swp|s|Secondary wave mean period
111 nswrs|W m**-2|Net short-wave radiation flux (surface)
112 nlwrs|W m**-2|Net long-wave radiation flux (surface)
113 nswrt|W m**-2|Net short-wave radiation flux(atmosph.top)
114 nlwrt|W m**-2|Net long-wave radiation flux(atmosph.top)
115 lwavr|W m**-2|Long wave radiation flux
116 swavr|W m**-2|Short wave radiation flux
117 grad|W m**-2|Global radiation flux
118 btmp|K|Brightness temperature
119 lwrad|W m**-1 sr**-1|Radiance (with respect to wave number)
120 swrad|W m**-3 sr**-1|Radiance (with respect to wave length)
121 lhf|W m**-2|Latent heat flux
122 shf|W m**-2|Sensible heat flux
123 bld|W m**-2|Boundary layer dissipation
124 uflx|N m**-2|Momentum flux, u-component
125 vflx|N m**-2|Momentum flux, v-component
126 wmixe|J|Wind mixing energy
127 imgd|~|Image data
`;
