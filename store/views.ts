/**
 * Views with the names, columns and null values of CSS3.0 (Anderson et al. 1990), so that an NDC's own SQL works on the store. They show
 * the current version of each list; `list` is an extra column, and a query that names none sees all lists.
 *
 *     SELECT o.time, o.lat, o.lon, o.mb FROM origin o JOIN event e ON e.prefor = o.orid WHERE e.list = 'SEL1'
 */

const current = `v.state = 'current'`;
const magnitude = (type: string) =>
  `coalesce((SELECT m.magnitude FROM base_netmag m WHERE m.orid = o.orid AND lower(m.magtype) = '${type}'), -999.0)`;
const magnitudeId = (type: string) =>
  `coalesce((SELECT m.magid FROM base_netmag m WHERE m.orid = o.orid AND lower(m.magtype) = '${type}'), -1)`;
const versionOfOrigin = `JOIN base_event_version v ON v.evid = o.evid AND v.list = o.list AND v.version = o.version AND ${current}`;

export const views: Readonly<Record<string, string>> = {
  site: `SELECT sta, ondate, 2286324 AS offdate, lat, lon, elev, staname, statype, refsta, dnorth, deast, lddate FROM base_site`,
  sitechan: `SELECT sta, chan, ondate, chanid, 2286324 AS offdate, 'n' AS ctype, edepth, hang, vang, descrip, lddate FROM base_sitechan`,
  wfdisc: `SELECT w.sta, w.chan, w.time, w.wfid, coalesce((SELECT max(c.chanid) FROM base_sitechan c
      WHERE c.net = w.net AND c.sta = w.sta AND c.loc = w.loc AND c.chan = w.chan), -1) AS chanid,
    w.endtime, w.nsamp, w.samprate, 0.0 AS calib, -1.0 AS calper, '-' AS instype, '-' AS segtype, 'sd' AS datatype, '-' AS clip,
    w.dir, w.dfile, w.foff, -1 AS commid, w.lddate FROM base_wfdisc w`,
  arrival: `SELECT a.sta, a.time, a.arid, a.jdate, -1 AS stassid,
    coalesce((SELECT max(c.chanid) FROM base_sitechan c WHERE c.sta = a.sta AND c.chan = a.chan), -1) AS chanid,
    a.chan, a.iphase, '-' AS stype, a.deltim, coalesce(a.azimuth, -1.0) AS azimuth, coalesce(a.delaz, -1.0) AS delaz,
    coalesce(a.slow, -1.0) AS slow, coalesce(a.delslo, -1.0) AS delslo, coalesce(a.ema, -1.0) AS ema,
    coalesce(a.rect, -1.0) AS rect, coalesce(m.amp, -1.0) AS amp, coalesce(m.per, -1.0) AS per, -999.0 AS logat,
    coalesce(m.clip, '-') AS clip, coalesce(a.fm, '-') AS fm, coalesce(a.snr, -1.0) AS snr, '-' AS qual, a.auth,
    -1 AS commid, a.lddate
    FROM base_arrival a LEFT JOIN base_amplitude m ON m.arid = a.arid AND m.ordinal = 0`,
  amplitude: `SELECT m.ampid, m.arid, -1 AS parid, m.chan, m.amp, m.per, -1.0 AS snr, m.amptime, -9999999999.999 AS start_time,
    -1.0 AS duration, -1.0 AS bandw, m.amptype, m.units, m.clip, 'y' AS inarrival, '-' AS auth, m.lddate FROM base_amplitude m`,
  event: `SELECT v.evid, '-' AS evname, v.prefor, '-' AS auth, -1 AS commid, v.lddate, v.list FROM base_event_version v WHERE ${current}`,
  origin: `SELECT o.lat, o.lon, o.depth, o.time, o.orid, o.evid, o.jdate, o.nass, o.ndef, -1 AS ndp, -1 AS grn, -1 AS srn, '-' AS etype,
    -999.0 AS depdp, o.dtype, ${magnitude("mb")} AS mb, ${magnitudeId("mb")} AS mbid, ${magnitude("ms")} AS ms, ${magnitudeId("ms")} AS msid,
    ${magnitude("ml")} AS ml, ${magnitudeId("ml")} AS mlid, '-' AS algorithm, o.auth, -1 AS commid, o.lddate, o.list
    FROM base_origin o ${versionOfOrigin}`,
  origerr: `SELECT r.orid, r.sxx, r.syy, r.szz, r.stt, r.sxy, r.sxz, r.syz, r.stx, r.sty, r.stz, r.sdobs, r.smajax, r.sminax, r.strike,
    coalesce(r.sdepth, -1.0) AS sdepth, r.stime, r.conf, -1 AS commid, o.lddate, o.list
    FROM base_origerr r JOIN base_origin o ON o.orid = r.orid ${versionOfOrigin}`,
  assoc: `SELECT s.arid, s.orid, s.sta, s.phase, 9.99 AS belief, s.delta, s.seaz, s.esaz, coalesce(s.timeres, -999.0) AS timeres, s.timedef,
    coalesce(s.azres, -999.0) AS azres, s.azdef, coalesce(s.slores, -999.0) AS slores, s.slodef, -999.0 AS emares,
    coalesce(s.wgt, -1.0) AS wgt, '-' AS vmodel, -1 AS commid, o.lddate, o.list
    FROM base_assoc s JOIN base_origin o ON o.orid = s.orid ${versionOfOrigin}`,
  netmag: `SELECT m.magid, '-' AS net, m.orid, o.evid, m.magtype, m.nsta, m.magnitude, m.uncertainty, o.auth, -1 AS commid, o.lddate, o.list
    FROM base_netmag m JOIN base_origin o ON o.orid = m.orid ${versionOfOrigin}`,
  stamag: `SELECT m.magid, -1 AS ampid, m.sta, coalesce(m.arid, -1) AS arid, m.orid, o.evid, '-' AS phase, m.delta, m.magtype, m.magnitude,
    m.uncertainty, -999.0 AS magres, m.magdef, '-' AS mmodel, o.auth, -1 AS commid, o.lddate, o.list
    FROM base_stamag m JOIN base_origin o ON o.orid = m.orid ${versionOfOrigin}`,
};
