/**
 * ECMWF's own parameters of GRIB2 (centre 98): "discipline.category.number", "@" type of level and ":" its value, "+" type of the second level, "~" kind of
 * statistic, where only those make the name; then short name, units, name, as ecCodes 2.28 (Apache-2.0) lists them.
 */
export const ECMWF_GRIB2 = `
0.1.192@1+255~1 tisef|kg m**-2|Time integral of snow evaporation flux
0.1.193@1+255~1 tp|m|Total precipitation
0.1.194@1~1 fzra|m|Accumulated freezing rain
0.1.196@1~1 lsp|m|Large-scale precipitation
0.1.197@1~1 es|m of water equivalent|Snow evaporation
0.1.198@1~1 sf|m of water equivalent|Snowfall
0.1.199@1~1 e|m of water equivalent|Evaporation
0.1.200@1~1 pev|m|Potential evaporation
0.1.254 sd|m of water equivalent|Snow depth
0.3.25@105 lnsp|~|Logarithm of surface pressure
0.6.192@1+8 tcc|(0 - 1)|Total cloud cover
0.6.193 lcc|(0 - 1)|Low cloud cover
0.6.194 mcc|(0 - 1)|Medium cloud cover
0.6.195 hcc|(0 - 1)|High cloud cover
0.19.192 asn|(0 - 1)|Snow albedo
0.20.192 aer_src_mflx|kg m**-2 s**-1|Aerosol source/gain mass flux
0.20.193 aer_negfix_mflx|kg m**-2 s**-1|Aerosol negative fixer mass flux
0.20.194 aer_sink_mflx|kg m**-2 s**-1|Aerosol sink/loss mass flux
0.20.195 vm_tc_vol_mixrat|mol mol**-1|Volume-mean total column mixing ratio
0.254.134 vtnowd|m s**-2|V-tendency from non-orographic wave drag
0.254.136 utnowd|m s**-2|U-tendency from non-orographic wave drag
2.0.192~1 aco2nee|kg m**-2|Accumulated Carbon Dioxide Net Ecosystem Exchange
2.0.193~1 aco2gpp|kg m**-2|Accumulated Carbon Dioxide Gross Primary Production
2.0.194~1 aco2rec|kg m**-2|Accumulated Carbon Dioxide Ecosystem Respiration
2.0.195 fco2nee|kg m**-2 s**-1|Flux of Carbon Dioxide Net Ecosystem Exchange
2.0.196 fco2rec|kg m**-2 s**-1|Flux of Carbon Dioxide Ecosystem Respiration
2.0.197 fco2gpp|kg m**-2 s**-1|Flux of Carbon Dioxide Gross Primary Production
2.0.198 gppbfas|dimensionless|GPP coefficient from Biogenic Flux Adjustment System
2.0.199 recbfas|dimensionless|Rec coefficient from Biogenic Flux Adjustment System
2.0.200 srlh|m|Surface roughness length for heat
2.0.201~1 ro|m|Runoff
2.0.202@1~1 sro|m|Surface runoff
2.0.203@1~1 smlt|m of water equivalent|Snowmelt
10.2.192@173+175 sisnthick|m|Snow thickness over sea ice
10.2.192@173+175~0 avg_sisnthick|m|Time-mean snow thickness over sea ice
`;
