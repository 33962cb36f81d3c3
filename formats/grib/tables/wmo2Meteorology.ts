/**
 * Parameters of GRIB2, discipline 0 (WMO code table 4.2): "discipline.category.number", "@" type of level and ":" its value, "+" type of the second level, "~" kind of
 * statistic, where only those make the name; then short name, units, name, as ecCodes 2.28 (Apache-2.0) lists them.
 */
export const WMO_METEOROLOGY = `
0.0.0 t|K|Temperature
0.0.0@103:2 2t|K|2 metre temperature
0.0.1 vtmp|K|Virtual temperature
0.0.2 pt|K|Potential temperature
0.0.3 papt|K|Pseudo-adiabatic potential temperature
0.0.4 tmax|K|Maximum temperature
0.0.5 tmin|K|Minimum temperature
0.0.6@103:2 2d|K|2 metre dewpoint temperature
0.0.6 dpt|K|Dew point temperature
0.0.8 lapr|K m**-1|Lapse rate
0.0.9 ta|K|Temperature anomaly
0.0.10@1~1 slhf|J m**-2|Surface latent heat flux
0.0.10 lhtfl|W m**-2|Latent heat net flux
0.0.11@1 ishf|W m**-2|Instantaneous surface sensible heat flux
0.0.11@1~1 sshf|J m**-2|Surface sensible heat flux
0.0.12 heatx|K|Heat index
0.0.13 wcf|K|Wind chill factor
0.0.14 mindpd|K|Minimum dew point depression
0.0.15 vptmp|K|Virtual potential temperature
0.0.16 snohf|W m**-2|Snow phase change heat flux
0.0.17@1 skt|K|Skin temperature
0.0.20~0 mtdch|m**2 s**-1|Mean turbulent diffusion coefficient for heat
0.0.21 aptmp|K|Apparent temperature
0.0.22~0 mttswr|K s**-1|Mean temperature tendency due to short-wave radiation
0.0.23~0 mttlwr|K s**-1|Mean temperature tendency due to long-wave radiation
0.0.24~0 mttswrcs|K s**-1|Mean temperature tendency due to short-wave radiation, clear sky
0.0.25~0 mttlwrcs|K s**-1|Mean temperature tendency due to long-wave radiation, clear sky
0.0.26~0 mttpm|K s**-1|Mean temperature tendency due to parametrisations
0.0.28 uctp|K|Unbalanced component of temperature
0.0.30@1+255~1 tislhef|J m**-2|Time integral of surface latent heat evaporation flux
0.0.31@1+255~1 tislhsf|J m**-2|Time integral of surface latent heat sublimation flux
0.0.32 wbpt|K|Wet-bulb potential temperature
0.1.0@103:2+255 2sh|kg kg**-1|2 metre specific humidity
0.1.0 q|kg kg**-1|Specific humidity
0.1.1@103:2 2r|%|2 metre relative humidity
0.1.1 r|%|Relative humidity
0.1.3 pwat|kg m**-2|Precipitable water
0.1.4 vapp|Pa|Vapor pressure
0.1.5 satd|Pa|Saturation deficit
0.1.7 prate|kg m**-2 s**-1|Precipitation rate
0.1.9 ncpcp|kg m**-2|Large scale precipitation (non-convective)
0.1.10 acpcp|kg m**-2|Convective precipitation (water)
0.1.11 sde|m|Snow depth
0.1.12 srweq|kg m**-2 s**-1|Snowfall rate water equivalent
0.1.13 sdwe|kg m**-2|Water equivalent of accumulated snow depth (deprecated)
0.1.14 snoc|kg m**-2|Convective snow
0.1.15 snol|kg m**-2|Large scale snow
0.1.16 snom|kg m**-2|Snow melt
0.1.17 snoag|day|Snow age
0.1.18 absh|kg m**-3|Absolute humidity
0.1.19 ptype|code table (4.201)|Precipitation type
0.1.20 iliqw|kg m**-2|Integrated liquid water
0.1.21 tcond|kg kg**-1|Condensate
0.1.22 clwmr|kg kg**-1|Cloud mixing ratio
0.1.23 icmr|kg kg**-1|Ice water mixing ratio
0.1.24 rwmr|kg kg**-1|Rain mixing ratio
0.1.25 snmr|kg kg**-1|Snow mixing ratio
0.1.26 mconv|kg kg**-1 s**-1|Horizontal moisture convergence
0.1.27 maxrh|%|Maximum relative humidity
0.1.28 maxah|kg m**-3|Maximum absolute humidity
0.1.29 asnow|m|Total snowfall
0.1.30 pwcat|code table (4.202)|Precipitable water category
0.1.31 hail|m|Hail
0.1.32 grle|kg kg**-1|Graupel (snow pellets)
0.1.33 crain|(Code table 4.222)|Categorical rain
0.1.34 cfrzr|(Code table 4.222)|Categorical freezing rain
0.1.35 cicep|(Code table 4.222)|Categorical ice pellets
0.1.36 csnow|(Code table 4.222)|Categorical snow
0.1.37@1~1 cp|kg m**-2|Convective precipitation
0.1.37 cprat|kg m**-2 s**-1|Convective precipitation rate
0.1.38 mdiv|kg kg**-1 s**-1|Horizontal moisture divergence
0.1.39 cpofp|%|Percent frozen precipitation
0.1.40 pevap|kg m**-2|Potential evaporation
0.1.41 pevpr|W m**-2|Potential evaporation rate
0.1.42 snowc|%|Snow cover
0.1.43 frain|Proportion|Rain fraction of total cloud water
0.1.44 rime|Numeric|Rime factor
0.1.45@1+8 tcrw|kg m**-2|Total column rain water
0.1.45 tcolr|kg m**-2|Total column integrated rain
0.1.46@1+8 tcsw|kg m**-2|Total column snow water
0.1.46 tcols|kg m**-2|Total column integrated snow
0.1.47 lswp|kg m**-2|Large scale water precipitation (non-convective)
0.1.48 cwp|kg m**-2|Convective water precipitation
0.1.49 twatp|kg m**-2|Total water precipitation
0.1.50 tsnowp|kg m**-2|Total snow precipitation
0.1.51@1+8 tcw|kg m**-2|Total column water
0.1.51 tcwat|kg m**-2|Total column water (Vertically integrated total water (vapour + cloud water/ice))
0.1.52~0 mtpf|kg m**-2 s**-1|Mean total precipitation flux
0.1.52@1 tprate|kg m**-2 s**-1|Total precipitation rate
0.1.52@1~1 tp|kg m**-2|Total Precipitation
0.1.53 tsrwe|kg m**-2 s**-1|Total snowfall rate water equivalent
0.1.53@1~1 sf|kg m**-2|Snow Fall water equivalent
0.1.54@1~1 lsp|kg m**-2|large scale precipitation
0.1.54 lsprate|kg m**-2 s**-1|Large scale precipitation rate
0.1.55 csrwe|kg m**-2 s**-1|Convective snowfall rate water equivalent
0.1.56@1 lssrwe|kg m**-2 s**-1|Large scale snowfall rate water equivalent
0.1.57 tsrate|m s**-1|Total snowfall rate
0.1.58 csrate|m s**-1|Convective snowfall rate
0.1.59 lssrate|m s**-1|Large scale snowfall rate
0.1.60 sd|kg m**-2|Snow depth water equivalent
0.1.61 rsn|kg m**-3|Snow density
0.1.64@1+8 tcwv|kg m**-2|Total column vertically-integrated water vapour
0.1.65@1+255~1 tirf|kg m**-2|Time integral of rain flux
0.1.65 rprate|kg m**-2 s**-1|Rain precipitation rate
0.1.66 sprate|kg m**-2 s**-1|Snow precipitation rate
0.1.67@1~1 fzrawe|kg m**-2|Accumulated freezing rain water equivalent
0.1.67 fprate|kg m**-2 s**-1|Freezing rain precipitation rate
0.1.68 iprate|kg m**-2 s**-1|Ice pellets precipitation rate
0.1.69@1+8 tclw|kg m**-2|Total column cloud liquid water
0.1.70@1+8 tciw|kg m**-2|Total column cloud ice water
0.1.74@1+8 tcolg|kg m**-2|Total column graupel
0.1.76@1 crr|kg m**-2 s**-1|Convective rain rate
0.1.77@1 lsrr|kg m**-2 s**-1|Large scale rain rate
0.1.79@1 ie|kg m**-2 s**-1|Instantaneous moisture flux
0.1.79@1~1 eva|kg m**-2|Evaporation
0.1.83 clwc|kg kg**-1|Specific cloud liquid water content
0.1.84 ciwc|kg kg**-1|Specific cloud ice water content
0.1.85 crwc|kg kg**-1|Specific rain water content
0.1.86 cswc|kg kg**-1|Specific snow water content
0.1.93 rhw|%|Relative humidity with respect to water
0.1.93@103:2 2rhw|%|2 metre relative humidity with respect to water
0.1.94 rhi|%|Relative humidity with respect to ice
0.1.108~0 mqtpm|kg kg**-1 s**-1|Mean specific humidity tendency due to parametrisations
0.1.118 ucq|kg kg**-1|Unbalanced component of specific humidity
0.1.119 ucclwc|kg kg**-1|Unbalanced component of specific cloud liquid water content
0.1.120 ucciwc|kg kg**-1|Unbalanced component of specific cloud ice water content
0.1.121 fscov|Proportion|Fraction of snow cover
0.1.128@1+255~1 titspf|kg m**-2|Time integral of total solid precipitation flux
0.1.144 crwc_conv|kg kg**-1|Specific rain water content (convective)
0.1.145 cswc_conv|kg kg**-1|Specific snow water content (convective)
0.1.148@1~1 eswe|kg m**-2|Snow evaporation water equivalent
0.1.150@1+8 viwve|kg m**-1 s**-1|Vertical integral of eastward water vapour flux
0.1.151@1+8 viwvn|kg m**-1 s**-1|Vertical integral of northward water vapour flux
0.2.0@103:10 10wdir|Degree true|10 metre wind direction
0.2.0 wdir|Degree true|Wind direction
0.2.1 ws|m s**-1|Wind speed
0.2.1@103:200 200si|m s**-1|200 metre wind speed
0.2.1@103:100 100si|m s**-1|100 metre wind speed
0.2.1@103:10 10si|m s**-1|10 metre wind speed
0.2.2@103:200 200u|m s**-1|200 metre U wind component
0.2.2@103:100 100u|m s**-1|100 metre U wind component
0.2.2 u|m s**-1|U component of wind
0.2.2@103:10 10u|m s**-1|10 metre U wind component
0.2.3@103:200 200v|m s**-1|200 metre V wind component
0.2.3@103:100 100v|m s**-1|100 metre V wind component
0.2.3 v|m s**-1|V component of wind
0.2.3@103:10 10v|m s**-1|10 metre V wind component
0.2.4 strf|m**2 s**-1|Stream function
0.2.5 vp|m**2 s**-1|Velocity potential
0.2.6 mntsf|m**2 s**-2|Montgomery stream Function
0.2.7 sgcvv|s**-1|Sigma coordinate vertical velocity
0.2.8 w|Pa s**-1|Vertical velocity
0.2.9 wz|m s**-1|Geometric vertical velocity
0.2.10 absv|s**-1|Absolute vorticity
0.2.11 absd|s**-1|Absolute divergence
0.2.12 vo|s**-1|Vorticity (relative)
0.2.13 d|s**-1|Divergence
0.2.14 pv|K m**2 kg**-1 s**-1|Potential vorticity
0.2.15 vucsh|s**-1|Vertical u-component shear
0.2.16 vvcsh|s**-1|Vertical v-component shear
0.2.17@1+255~1 tisemf|N m**-2 s|Time integral of surface eastward momentum flux
0.2.17 uflx|N m**-2|Momentum flux, u component
0.2.18@1+255~1 tisnmf|N m**-2 s|Time integral of surface northward momentum flux
0.2.18 vflx|N m**-2|Momentum flux, v component
0.2.19 wmixe|J|Wind mixing energy
0.2.20~1 bld|J m**-2|Boundary layer dissipation
0.2.21 maxgust|m s**-1|Maximum wind speed
0.2.22@103:10 i10fg|m s**-1|Instantaneous 10 metre wind gust
0.2.22 gust|m s**-1|Wind speed (gust)
0.2.23@103:10+255~2 10efg|m s**-1|10 metre eastward wind gust since previous post-processing
0.2.23 ugust|m s**-1|u-component of wind (gust)
0.2.24@103:10+255~2 10nfg|m s**-1|10 metre northward wind gust since previous post-processing
0.2.24 vgust|m s**-1|v-component of wind (gust)
0.2.25 vwsh|s**-1|Vertical speed shear
0.2.26 mflx|N m**-2|Horizontal momentum flux
0.2.27 ustm|m s**-1|U-component storm motion
0.2.28 vstm|m s**-1|V-component storm motion
0.2.29 cd|Numeric|Drag coefficient
0.2.30 fricv|m s**-1|Frictional velocity
0.2.32 etadot|s**-1|Eta-coordinate vertical velocity
0.2.37@1~1 nsss|N m**-2 s|Northward turbulent surface stress
0.2.37@1 inss|N m**-2|Instantaneous northward turbulent surface stress
0.2.38@1~1 ewss|N m**-2 s|Eastward turbulent surface stress
0.2.38@1 iews|N m**-2|Instantaneous eastward turbulent surface stress
0.2.39~0 mutpm|m s**-2|Mean eastward wind tendency due to parametrisations
0.2.40~0 mvtpm|m s**-2|Mean northward wind tendency due to parametrisations
0.2.45 ucdv|s**-1|Unbalanced component of divergence
0.3.0@7+255 trpp|Pa|Tropopause pressure
0.3.0@17 mudlp|Pa|Departure level of the most unstable parcel expressed as Pressure
0.3.0 pres|Pa|Pressure
0.3.0@1 sp|Pa|Surface pressure
0.3.0@101 msl|Pa|Mean sea level pressure
0.3.1 prmsl|Pa|Pressure reduced to MSL
0.3.2 ptend|Pa s**-1|Pressure tendency
0.3.3 icaht|m|ICAO Standard Atmosphere reference height
0.3.4 z|m**2 s**-2|Geopotential
0.3.5 gh|gpm|Geopotential height
0.3.5@1 orog|m|Orography
0.3.6@20:263.15 degm10l|m|-10 degrees C isothermal level (atm)
0.3.6@20:273.15 deg0l|m|0 degrees C isothermal level (atm)
0.3.6 h|m|Geometrical height
0.3.7 hstdv|m|Standard deviation of height
0.3.8 presa|Pa|Pressure anomaly
0.3.9 gpa|gpm|Geopotential height anomaly
0.3.10 den|kg m**-3|Density
0.3.11 alts|Pa|Altimeter setting
0.3.12 thick|m|Thickness
0.3.13 presalt|m|Pressure altitude
0.3.14 denalt|m|Density altitude
0.3.15 5wavh|gpm|5-wave geopotential height
0.3.16@1~1 lgws|N m**-2 s|Eastward gravity wave surface stress
0.3.16 u-gwd|N m**-2|Zonal flux of gravity wave stress
0.3.17@1~1 mgws|N m**-2 s|Northward gravity wave surface stress
0.3.17 v-gwd|N m**-2|Meridional flux of gravity wave stress
0.3.18 blh|m|Boundary layer height
0.3.19 5wava|gpm|5-wave geopotential height anomaly
0.3.20 sdsgso|m|Standard deviation of sub-grid scale orography
0.3.23~1 gwd|J m**-2|Gravity wave dissipation
0.3.27~0 mumf|kg m**-2 s**-1|Mean updraught mass flux
0.3.28~0 mdmf|kg m**-2 s**-1|Mean downdraught mass flux
0.3.29~0 mudr|kg m**-3 s**-1|Mean updraught detrainment rate
0.3.30~0 mddr|kg m**-3 s**-1|Mean downdraught detrainment rate
0.3.31 ucln|~|Unbalanced component of logarithm of surface pressure
0.3.32 swvp|Pa|Saturation water vapour pressure
0.4.0 nswrs|W m**-2|Net short-wave radiation flux (surface)
0.4.1@8~1 tsr|J m**-2|Top net short-wave (solar) radiation
0.4.1 nswrt|W m**-2|Net short-wave radiation flux (top of atmosphere)
0.4.3 grad|W m**-2|Global radiation flux
0.4.4 btmp|K|Brightness temperature
0.4.5 lwrad|W m**-1 sr**-1|Radiance (with respect to wave number)
0.4.6 swrad|W m**-3 sr**-1|Radiance (with respect to wave length)
0.4.7@1~1 ssrd|J m**-2|Surface short-wave (solar) radiation downwards
0.4.7@8~1 tisr|J m**-2|TOA incident solar radiation
0.4.7 dswrf|W m**-2|Downward short-wave radiation flux
0.4.8 uswrf|W m**-2|Upward short-wave radiation flux
0.4.9@1~1 ssr|J m**-2|Surface net short-wave (solar) radiation
0.4.9 nswrf|W m**-2|Net short wave radiation flux
0.4.10@1~1 par|J m**-2|Photosynthetically active radiation at the surface
0.4.10 photar|W m**-2|Photosynthetically active radiation
0.4.11@8~1 tsrc|J m**-2|Top net solar radiation, clear sky
0.4.11@1~1 ssrc|J m**-2|Surface net short-wave (solar) radiation, clear sky
0.4.11 nswrfcs|W m**-2|Net short-wave radiation flux, clear sky
0.4.12@1~1 uvb|J m**-2|Downward UV radiation at the surface
0.4.12 dwuvr|W m**-2|Downward UV radiation
0.4.13 dirswrf|W m**-2|Direct short wave radiation flux
0.4.13@1~1 tidirswrf|J m**-2|Time-integrated surface direct short wave radiation flux
0.4.14 difswrf|W m**-2|Diffuse short wave radiation flux
0.4.50 uviucs|Numeric|UV index (under clear sky)
0.4.51 uvi|Numeric|UV index
0.4.52 dswrf_cs|W m**-2|Downward short-wave radiation flux, clear sky
0.4.52@1~1 adswrf_cs|J m**-2|Accumulated surface downward short-wave radiation flux, clear sky
0.4.53 uswrf_cs|W m**-2|Upward short-wave radiation flux, clear sky
0.4.53@1~1 auswrf_cs|J m**-2|Accumulated surface upward short-wave radiation flux, clear sky
0.4.54@1+255~1 dsrp|J m**-2|Direct solar radiation
0.5.0 nlwrs|W m**-2|Net long wave radiation flux (surface)
0.5.1 nlwrt|W m**-2|Net long wave radiation flux (top of atmosphere)
0.5.3@1~1 strd|J m**-2|Surface long-wave (thermal) radiation downwards
0.5.3 dlwrf|W m**-2|Downward long-wave radiation flux
0.5.4 ulwrf|W m**-2|Upward long-wave radiation flux
0.5.5@1~1 str|J m**-2|Surface net long-wave (thermal) radiation
0.5.5@8~1 ttr|J m**-2|Top net long-wave (thermal) radiation
0.5.5 nlwrf|W m**-2|Net long wave radiation flux
0.5.6@8~1 ttrc|J m**-2|Top net thermal radiation, clear sky
0.5.6@1~1 strc|J m**-2|Surface net long-wave (thermal) radiation, clear sky
0.5.6 nlwrcs|W m**-2|Net long-wave radiation flux, clear sky
0.5.8 dlwrf_cs|W m**-2|Downward long-wave radiation flux, clear sky
0.5.8@1~1 adlwrf_cs|J m**-2|Accumulated surface downward long-wave radiation flux, clear sky
0.6.0 cice|kg m**-2|Cloud Ice
0.6.1@1+8 tcc|%|Total Cloud Cover
0.6.3 lcc|%|Low cloud cover
0.6.4 mcc|%|Medium cloud cover
0.6.5 hcc|%|High cloud cover
0.6.6 cwat|kg m**-2|Cloud water
0.6.7 cdca|%|Cloud amount
0.6.8 cdct|code table (4.203)|Cloud type
0.6.9 tmaxt|m|Thunderstorm maximum tops
0.6.10 thunc|code table (4.204)|Thunderstorm coverage
0.6.11 cdcb|m|Cloud base
0.6.12 cdct|m|Cloud top
0.6.13 ceil|m|Ceiling
0.6.14 cdlyr|%|Non-convective cloud cover
0.6.15 cwork|J kg**-1|Cloud work function
0.6.16 cuefi|Proportion|Convective cloud efficiency
0.6.17 tcond|kg kg**-1|Total condensate
0.6.18 tcolw|kg m**-2|Total column-integrated cloud water
0.6.19 tcoli|kg m**-2|Total column-integrated cloud ice
0.6.20 tcolc|kg m**-2|Total column-integrated condensate
0.6.21 fice|Proportion|Ice fraction of total condensate
0.6.22 ccl|%|Cloud cover
0.6.23 cdcimr|kg kg**-1|Cloud ice mixing ratio
0.6.24@1~1 sund|s|Sunshine duration
0.6.24 suns|Numeric|Sunshine
0.6.27 hcct|m|Height of convective cloud top
0.6.32 cc|(0 - 1)|Fraction of cloud cover
0.6.36@1~1 lspf|s|Large-scale precipitation fraction
0.6.36@1 ilspf|(0 - 1)|Instantaneous large-scale surface precipitation fraction
0.6.37 fcpc|Proportion|Fraction of convective precipitation cover
0.6.50@1+255 fog|%|Fog
0.7.0 pli|K|Parcel lifted index (to 500 hPa)
0.7.1 bli|K|Best lifted index (to 500 hPa)
0.7.2 kx|K|K index
0.7.3 kox|K|KO index
0.7.4 totalx|K|Total totals index
0.7.5 sx|Numeric|Sweat index
0.7.6@18:5000 mlcape50|J kg**-1|Mixed-layer CAPE in the lowest 50 hPa
0.7.6@18:10000 mlcape100|J kg**-1|Mixed-layer CAPE in the lowest 100 hPa
0.7.6@17 mucape|J kg**-1|Most-unstable CAPE
0.7.6@1+8 cape|J kg**-1|Convective available potential energy
0.7.7@18:5000 mlcin50|J kg**-1|Mixed-layer CIN in the lowest 50 hPa
0.7.7@18:10000 mlcin100|J kg**-1|Mixed-layer CIN in the lowest 100 hPa
0.7.7@17 mucin|J kg**-1|Most-unstable CIN
0.7.7@1+8 cin|J kg**-1|Convective inhibition
0.7.8 hlcy|m**2 s**-2|Storm relative helicity
0.7.9 ehlx|Numeric|Energy helicity index
0.7.10 lftx|K|Surface lifted index
0.7.11 4lftx|K|Best (4-layer) lifted index
0.13.0 aerot|code table (4.205)|Aerosol type
0.14.0 tozne|DU|Total ozone
0.14.1 o3|kg kg**-1|Ozone mass mixing ratio
0.14.2 tcioz|DU|Total column integrated ozone
0.15.0 bswid|m s**-1|Base spectrum width
0.15.1 bref|dB|Base reflectivity
0.15.2 brvel|m s**-1|Base radial velocity
0.15.3 veril|kg m**-1|Vertically-integrated liquid
0.15.4 lmaxbr|dB|Layer-maximum base reflectivity
0.15.5 prec|kg m**-2|Precipitation
0.15.6 rdsp1|~|Radar spectra (1)
0.15.7 rdsp2|~|Radar spectra (2)
0.15.8 rdsp3|~|Radar spectra (3)
0.17.2@1+8 licgi|km**-2 day**-1|Instantaneous cloud-to-ground lightning flash density
0.17.4@1+8 litoti|km**-2 day**-1|Instantaneous total lightning flash density
0.18.0 acces|Bq m**-3|Air concentration of Caesium 137
0.18.1 aciod|Bq m**-3|Air concentration of Iodine 131
0.18.2 acradp|Bq m**-3|Air concentration of radioactive pollutant
0.18.3 gdces|Bq m**-2|Ground deposition of Caesium 137
0.18.4 gdiod|Bq m**-2|Ground deposition of Iodine 131
0.18.5 gdradp|Bq m**-2|Ground deposition of radioactive pollutant
0.18.6 tiaccp|Bq s m**-3|Time-integrated air concentration of caesium pollutant
0.18.7 tiacip|Bq s m**-3|Time-integrated air concentration of iodine pollutant
0.18.8 tiacrp|Bq s m**-3|Time-integrated air concentration of radioactive pollutant
0.19.0 vis|m|Visibility
0.19.1 al|%|Albedo
0.19.2 tstm|%|Thunderstorm probability
0.19.3 mld|m|Mixed layer depth
0.19.4 volash|code table (4.206)|Volcanic ash
0.19.5 icit|m|Icing top
0.19.6 icib|m|Icing base
0.19.7 ici|code table (4.207)|Icing
0.19.8 turbt|m|Turbulence top
0.19.9 turbb|m|Turbulence base
0.19.10 turb|code table (4.208)|Turbulence
0.19.11 tke|J kg**-1|Turbulent kinetic energy
0.19.12 pblreg|code table (4.209)|Planetary boundary layer regime
0.19.13 conti|code table (4.210)|Contrail intensity
0.19.14 contet|code table (4.211)|Contrail engine type
0.19.15 contt|m|Contrail top
0.19.16 contb|m|Contrail base
0.19.17 mxsalb|%|Maximum snow albedo
0.19.18 snfalb|%|Snow free albedo
0.19.19 asn|%|Snow albedo
0.19.22 rcat|%|Relative clear air turbulence (RCAT)
0.19.28 mwt|m**2/3 s**-1|Mountain wave turbulence (eddy dissipation rate)
0.19.29 cat|m**2/3 s**-1|Clear air turbulence (CAT)
0.20.0 mdens|kg m**-3|Mass density
0.20.1 tc_mdens|kg m**-2|Total column vertically-integrated mass density
0.20.2 mass_mixrat|kg kg**-1|Mass mixing ratio
0.20.6 drydep_mflx|kg m**-2 s**-1|Dry deposition mass flux
0.20.7 wetdep_mflx|kg m**-2 s**-1|Wet deposition mass flux
0.20.9 wetdep_mflx_lsp|kg m**-2 s**-1|Wet deposition mass flux by large-scale precipitation
0.20.10 wetdep_mflx_cp|kg m**-2 s**-1|Wet deposition mass flux by convective precipitation
0.20.11 sed_mflx|kg m**-2 s**-1|Sedimentation mass flux
0.20.15 drydep_vel|m s**-1|Dry deposition velocity
0.20.52 vol_mixrat|mol mol**-1|Volume mixing ratio
0.20.59 aer_ndens|m**-3|Aerosol number density
0.20.77 emi_mflx|kg m**-2 s**-1|Emission mass flux
0.190.0 var190m0|CCITTIA5|Arbitrary text string
0.191.0 tsec|s|Seconds prior to initial reference time (defined in Section 1)
0.191.1 lat|Degree N|Latitude
0.191.2 lon|Degree E|Longitude
0.191.3 dslr|Integer|Days since last observation
`;
