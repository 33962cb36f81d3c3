/**
 * Parameters of GRIB2, disciplines 2 and 10, land and sea (WMO code table 4.2): "discipline.category.number", "@" type of level and ":" its value, "+" type of the second level, "~" kind of
 * statistic, where only those make the name; then short name, units, name, as ecCodes 2.28 (Apache-2.0) lists them.
 */
export const WMO_SURFACE = `
2.0.0@1 lsm|(0 - 1)|Land-sea mask
2.0.1 sr|m|Surface roughness
2.0.2 st|K|Soil temperature
2.0.3 ssw|kg m**-2|Soil moisture content
2.0.4 veg|%|Vegetation
2.0.5 watr|kg m**-2|Water runoff
2.0.6 evapt|kg**-2 s**-1|Evapotranspiration
2.0.7 mterh|m|Model terrain height
2.0.8 landu|code table (4.212)|Land use
2.0.9 soilw|Proportion|Volumetric soil moisture content
2.0.10 gflux|W m**-2|Ground heat flux
2.0.11 mstav|%|Moisture availability
2.0.12 sfexc|kg m**-2 s**-1|Exchange coefficient
2.0.13 cnwat|kg m**-2|Plant canopy surface water
2.0.14 bmixl|m|Blackadar mixing length scale
2.0.15 ccond|m s**-1|Canopy conductance
2.0.16 rsmin|s m**-1|Minimal stomatal resistance
2.0.18 rcs|Proportion|Solar parameter in canopy conductance
2.0.19 rct|Proportion|Temperature parameter in canopy conductance
2.0.20 rcsol|Proportion|Soil moisture parameter in canopy conductance
2.0.21 rcq|Proportion|Humidity parameter in canopy conductance
2.0.22 sm|kg m**-3|Soil moisture
2.0.23 cisoilw|kg m**-2|Column-integrated soil water
2.0.24 hflux|W m**-2|Heat flux
2.0.25 vsw|m**3 m**-3|Volumetric soil moisture
2.0.27 vwiltm|m**3 m**-3|Volumetric wilting point
2.0.33 ro|kg m**-2|Water runoff and drainage
2.0.34 sro|kg m**-2|Surface runoff
2.0.38 vsi|m**3 m**-3|Volumetric soil ice
2.0.39@1+255~1 tietrf|kg m**-2|Time integral of evapotranspiration flux
2.0.39 et|kg m**-2 s**-1|Evapotranspiration rate
2.0.40 pet|kg m**-2 s**-1|Potential evapotranspiration rate
2.0.41 smr|kg m**-2 s**-1|Snow melt rate
2.0.42~1 rowe|kg m**-2|Runoff water equivalent
2.0.42 rod|kg m**-2 s**-1|Water runoff and drainage rate
2.0.45 cwe|(0 - 1)|Wetland cover
2.0.46 twe|Code table 4.239|Wetland type
2.0.47 cirr|(0 - 1)|Irrigation cover
2.0.48 c4cr|(0 - 1)|C4 crop cover
2.0.49 c4gr|(0 - 1)|C4 grass cover
2.3.0 slt|~|Soil type
2.3.1 uplst|K|Upper layer soil temperature
2.3.2 uplsm|kg m**-3|Upper layer soil moisture
2.3.3 lowlsm|kg m**-3|Lower layer soil moisture
2.3.4 botlst|K|Bottom layer soil temperature
2.3.5 soill|Proportion|Liquid volumetric soil moisture (non-frozen)
2.3.6 rlyrs|Numeric|Number of soil layers in root zone
2.3.7 smref|Proportion|Transpiration stress-onset (soil moisture)
2.3.8 smdry|Proportion|Direct evaporation cease (soil moisture)
2.3.9 poros|Proportion|Soil porosity
2.3.10 liqvsm|m**3 m**-3|Liquid volumetric soil moisture (non-frozen)
2.3.11 voltso|m**3 m**-3|Volumetric transpiration stress-onset (soil moisture)
2.3.12 transo|kg m**-3|Transpiration stress-onset (soil moisture)
2.3.13 voldec|m**3 m**-3|Volumetric direct evaporation cease (soil moisture)
2.3.14 direc|kg m**-3|Direct evaporation cease (soil moisture)
2.3.15 soilp|m**3 m**-3|Soil porosity
2.3.16 vsosm|m**3 m**-3|Volumetric saturation of soil moisture
2.3.17 satosm|kg m**-3|Saturation of soil moisture
2.3.18 sot|K|Soil temperature
2.3.19 som|kg m**-3|Soil moisture
2.3.23 lwcs|kg m**-2|Liquid water content in snow pack
2.3.24 frost|K|Frost index
2.3.25 sd_elev|kg m**-2|Snow depth at elevation bands
2.3.26 sohf|W m**-2|Soil heat flux
2.3.27 sod|m|Soil depth
2.3.28 tsn|K|Temperature of snow layer
2.4.2 hindex|Numeric|Haines Index
2.4.5 fwinx|Numeric|Forest fire weather index (as defined by the Canadian Forest Service)
2.4.6 ffmcode|Numeric|Fine fuel moisture code (as defined by the Canadian Forest Service)
2.4.7 dufmcode|Numeric|Duff moisture code (as defined by the Canadian Forest Service)
2.4.8 drtcode|Numeric|Drought code (as defined by the Canadian Forest Service)
2.4.9 infsinx|Numeric|Initial fire spread index (as defined by the Canadian Forest Service)
2.4.10 fbupinx|Numeric|Fire buildup index (as defined by the Canadian Forest Service)
2.4.11 fdsrte|Numeric|Fire daily severity rating (as defined by the Canadian Forest Service)
2.4.12 kbdi|Numeric|Keetch-Byram drought index
2.4.13 drtmrk|Numeric|Drought factor (as defined by the Australian forest service)
2.4.14 rosmrk|m s**-1|Rate of spread (as defined by the Australian forest service)
2.4.15 fdimrk|Numeric|Fire danger index (as defined by the Australian forest service)
2.4.16 scnfdr|Numeric|Spread component (as defined by the U.S Forest Service National Fire-Danger Rating System)
2.4.17 buinfdr|Numeric|Burning index (as defined by the U.S Forest Service National Fire-Danger Rating System)
2.4.18 icnfdr|%|Ignition component (as defined by the U.S Forest Service National Fire-Danger Rating System)
2.4.19 ercnfdr|J m**-2|Energy release component (as defined by the U.S Forest Service National Fire-Danger Rating System)
2.5.0 glm|Proportion|Glacier mask
2.6.0 cur|(0 - 1)|Urban cover
2.6.1 cro|(0 - 1)|Road Cover
2.6.2 cbu|(0 - 1)|Building cover
2.6.3 bldh|m|Building height
2.6.4 hwr|m**2 m**-2|Vertical-to-horizontal area ratio
2.6.5 bhstd|m|Standard deviation of building height
10.0.0 wvsp1|~|Wave spectra (1)
10.0.1 wvsp2|~|Wave spectra (2)
10.0.2 wvsp3|~|Wave spectra (3)
10.0.3 swh|m|Significant height of combined wind waves and swell
10.0.4 wvdir|Degree true|Direction of wind waves
10.0.5 shww|m|Significant height of wind waves
10.0.6 mpww|s|Mean period of wind waves
10.0.7 swdir|Degree true|Direction of swell waves
10.0.8 swell|m|Significant height of swell waves
10.0.9 swper|s|Mean period of swell waves
10.0.10 dirpw|Degree true|Primary wave direction
10.0.11 perpw|s|Primary wave mean period
10.0.12 dirsw|Degree true|Secondary wave direction
10.0.13 persw|s|Secondary wave mean period
10.0.14 mwd|Degree true|Mean wave direction
10.0.15 mwp|s|Mean wave period
10.0.17 zust|m s**-1|Friction velocity
10.0.28 mp2|s|Mean zero-crossing wave period
10.0.34 pp1d|s|Peak wave period
10.1.0 dirc|Degree true|Current direction
10.1.1 spc|m s**-1|Current speed
10.1.2@160 ocu|m s**-1|Eastward sea water velocity
10.1.2 ucurr|m s**-1|U-component of current
10.1.3@160 ocv|m s**-1|Northward sea water velocity
10.1.3 vcurr|m s**-1|V-component of current
10.2.0@1 ci|(0 - 1)|Sea ice area fraction
10.2.0@174+255 siconc|Fraction|Sea ice area fraction
10.2.0@174+255~0 avg_siconc|Fraction|Time-mean sea ice area fraction
10.2.1@174+176 sithick|m|Sea ice thickness
10.2.1@174+176~0 avg_sithick|m|Time-mean sea ice thickness
10.2.2 diced|Degree true|Direction of ice drift
10.2.3 siced|m s**-1|Speed of ice drift
10.2.4@174+176 siue|m s**-1|X-component of sea ice velocity
10.2.4@174+176~0 avg_siue|m s**-1|Time-mean X-component of sea ice velocity
10.2.5@174+176 sivn|m s**-1|Y-component of sea ice velocity
10.2.5@174+176~0 avg_sivn|m s**-1|Time-mean Y-component of sea ice velocity
10.2.6@174+176 sigrowth|m s**-1|Sea ice growth
10.2.6@174+176~0 avg_sigrowth|m s**-1|Time-mean sea ice growth
10.2.7 iced|s**-1|Ice divergence
10.2.8@174+255 sitemptop|K|Sea ice surface temperature
10.2.8@174+255~0 avg_sitemptop|K|Time-mean sea ice surface temperature
10.2.14@174+255 sialb|Fraction|Sea ice albedo
10.2.14@174+255~0 avg_sialb|Fraction|Time-mean sea ice albedo
10.3.0@1 sst|K|Sea surface temperature
10.3.0@160:0+255 tos|K|Sea surface temperature
10.3.0@160:0+255~0 avg_tos|K|Time-mean sea surface temperature
10.3.1@160:0+255 zos|m|Sea surface height
10.3.1@160:0+255~0 avg_zos|m|Time-mean sea surface height
10.3.3@160:0+255 sos|Numeric|Sea surface salinity
10.3.3@160:0+255~0 avg_sos|Numeric|Time-mean sea surface salinity
10.3.4@160:0+255 hfds|W m**-2|Surface downward heat flux
10.3.4@160:0+255~0 avg_hfds|W m**-2|Time-mean surface downward heat flux
10.3.5@160:0+255 tauuoe|N m**-2|Eastward surface stress
10.3.5@160:0+255~0 avg_tauuoe|N m**-2|Time-mean eastward surface stress
10.3.6@160:0+255 tauvon|N m**-2|Northward surface stress
10.3.6@160:0+255~0 avg_tauvon|N m**-2|Time-mean northward surface stress
10.3.7@160:0+255 tauuo|N m**-2|X-component of surface stress
10.3.7@160:0+255~0 avg_tauuo|N m**-2|Time-mean X-component of surface stress
10.3.8@160:0+255 tauvo|N m**-2|Y-component of surface stress
10.3.8@160:0+255~0 avg_tauvo|N m**-2|Time mean Y-component of surface stress
10.3.9@160:0+255 tstheig|m|Thermosteric change in sea surface height
10.3.9@160:0+255~0 avg_tstheig|m|Time-mean thermosteric change in sea surface height
10.3.10@160:0+255 hstheig|m|Halosteric change in sea surface height
10.3.10@160:0+255~0 avg_hstheig|m|Time-mean halosteric change in sea surface height
10.3.11@160:0+255 stheig|m|Steric change in sea surface height
10.3.11@160:0+255~0 avg_stheig|m|Time-mean steric change in sea surface height
10.4.0@160:0+255 thcline|m|Thermocline depth
10.4.0@160:0+255~0 avg_thcline|m|Time-mean thermocline depth
10.4.1 mtha|m|Main thermocline anomaly
10.4.2 tthdp|m|Transient thermocline depth
10.4.3 s|kg kg**-1|Salinity
10.4.14@20:287.15+255 t14d|m|Depth of 14 C isotherm
10.4.14@20:290.15+255 t17d|m|Depth of 17 C isotherm
10.4.14@20:293.15+255 t20d|m|Depth of 20 C isotherm
10.4.14@20:299.15+255 t26d|m|Depth of 26 C isotherm
10.4.14@20:301.15+255 t28d|m|Depth of 28 C isotherm
10.4.14@169:0.01+255 mlotst010|m|Ocean mixed layer depth defined by sigma theta 0.01 kg m-3
10.4.14@169:0.03+255 mlotst030|m|Ocean mixed layer depth defined by sigma theta 0.03 kg m-3
10.4.14@169:0.125+255 mlotst125|m|Ocean mixed layer depth defined by sigma theta 0.125 kg m-3
10.4.14@170:0.2+255 mlott02|m|Ocean mixed layer depth defined by temperature 0.2 C
10.4.14@170:0.5+255 mlott05|m|Ocean mixed layer depth defined by temperature 0.5 C
10.4.14@20:287.15+255~0 avg_t14d|m|Time-mean depth of 14 C isotherm
10.4.14@20:290.15+255~0 avg_t17d|m|Time-mean depth of 17 C isotherm
10.4.14@20:293.15+255~0 avg_t20d|m|Time-mean depth of 20 C isotherm
10.4.14@20:299.15+255~0 avg_t26d|m|Time-mean depth of 26 C isotherm
10.4.14@20:301.15+255~0 avg_t28d|m|Time-mean depth of 28 C isotherm
10.4.14@169:0.01+255~0 avg_mlotst010|m|Time-mean ocean mixed layer depth defined by sigma theta 0.01 kg m-3
10.4.14@169:0.03+255~0 avg_mlotst030|m|Time-mean ocean mixed layer depth defined by sigma theta 0.03 kg m-3
10.4.14@169:0.125+255~0 avg_mlotst125|m|Time-mean ocean mixed layer depth defined by sigma theta 0.125 kg m-3
10.4.14@170:0.2+255~0 avg_mlott02|m|Time-mean ocean mixed layer depth defined by temperature 0.2 C
10.4.14@170:0.5+255~0 avg_mlott05|m|Time-mean ocean mixed layer depth defined by temperature 0.5 C
10.4.18@168+168 thetao|K|Sea water potential temperature
10.4.18@168+168~0 avg_thetao|K|Time-mean sea water potential temperature
10.4.20@168+168 sigmat|kg m**-3|Sea water sigma theta
10.4.20@168+168~0 avg_sigmat|kg m**-3|Time-mean sea water sigma theta
10.4.21@160:0+9 scbtm|10**-3 m**-2|Total column sea water practical salinity
10.4.21@168+168 so|10**-3|Sea water practical salinity
10.4.21@160:0+9~0 avg_scbtm|10**-3 m**-2|Time-mean total column sea water practical salinity
10.4.21@168+168~0 avg_so|10**-3|Time-mean sea water practical salinity
10.4.22@160:0+9 hcbtm|J m**-2|Total column of heat content
10.4.22@160:0+9~0 avg_hcbtm|J m**-2|Time-mean total column heat content
10.4.23@168+168 uoe|m s**-1|Eastward sea water velocity
10.4.23@168+168~0 avg_uoe|m s**-1|Time-mean eastward sea water velocity
10.4.24@168+168 von|m s**-1|Northward sea water velocity
10.4.24@168+168~0 avg_von|m s**-1|Time-mean northward sea water velocity
10.4.25@168+168 uo|m s**-1|X-component of sea water velocity
10.4.25@168+168~0 avg_uo|m s**-1|Time-mean X-component of sea water velocity
10.4.26@168+168 vo|m s**-1|Y-component of sea water velocity
10.4.26@168+168~0 avg_vo|m s**-1|Time-mean Y-component of sea water velocity
10.4.27@168+168 wo|m s**-1|Upward sea water velocity
10.4.27@168+168~0 avg_wo|m s**-1|Time-mean upward sea water velocity
10.191.0 tsec|s|Seconds prior to initial reference time (defined in Section 1)
10.191.4@160:5+255 stfbarot|m**3 s**-1|Barotropic stream function
10.191.4@160:5+255~0 avg_stfbarot|m**3 s**-1|Time-mean barotropic stream function
`;
