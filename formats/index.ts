export { type Cd11Authentication, type Cd11Sign, notSigned } from "./cd11/authentication.ts";
export { decodeCd11Frame } from "./cd11/decode.ts";
export { encodeCd11Frame } from "./cd11/encode.ts";
export {
  type Cd11Acknack,
  type Cd11Command,
  type Cd11Connection,
  type Cd11Data,
  type Cd11Frame,
  type Cd11Gap,
  type Cd11Payload,
  frameSetOf,
  type ReceivedCd11Frame,
} from "./cd11/frame.ts";
export { Cd11GapList } from "./cd11/gapList.ts";
export { segmentsOfCd11Frame } from "./cd11/segments.ts";
export { signCd11Channels, signedChannelBytes } from "./cd11/signature.ts";
export { Cd11Splitter, splitCd11Frames } from "./cd11/split.ts";
export {
  type Cd11Status,
  type Cd11StatusFlag,
  cd11StatusFlags,
  readCd11Status,
  writeCd11Status,
} from "./cd11/status.ts";
export type { Cd11ChannelSubframe } from "./cd11/subframe.ts";
export { readCd11Time, writeCd11Time } from "./cd11/timeStamp.ts";
export { type Cd11ChannelOptions, type Cd11DataOptions, cd11ChannelOf, cd11DataOf } from "./cd11/write.ts";
export type { FileContents, FormatDescriptor, PartialContents, SiteRecord, WaveformReference } from "./contents.ts";
export { bulletinFromCss } from "./css/bulletin.ts";
export { decodeCssTable } from "./css/decodeTable.ts";
export {
  type CssBulletinFiles,
  type CssBulletinOptions,
  cssTablesOf,
  encodeCssBulletin,
} from "./css/encodeBulletin.ts";
export { type CssWriteOptions, encodeCssTable } from "./css/encodeTable.ts";
export { joinCss, mergeCssTables } from "./css/join.ts";
export { type CssRow, type CssTableName, type CssTables, cssTableNames } from "./css/schema.ts";
export { channelsFromCss, sitesFromCss } from "./css/stations.ts";
export { readReferencedWaveform } from "./css/waveform.ts";
export { referencesFromCss } from "./css/wfdisc.ts";
export { writeCssWaveforms } from "./css/writeWaveform.ts";
export { decodeCssResponse } from "./cssresponse/decode.ts";
export { DataLinkClient, type DataLinkClientEvent } from "./datalink/client.ts";
export type { DataLinkCommand, DataLinkPacket, DataLinkReply, DataLinkWrite } from "./datalink/message.ts";
export { streamPattern } from "./datalink/pattern.ts";
export {
  DataLinkServer,
  type DataLinkServerEvent,
  type DataLinkServerOptions,
  type DataLinkServerStep,
} from "./datalink/server.ts";
export { decodeTracerSamples } from "./datem/decode.ts";
export { encodeTracerSamples } from "./datem/encode.ts";
export { decodeEllipticityTables } from "./elcor/decode.ts";
export { formats, readFile } from "./formats.ts";
export { type ColumnOptions, decodeSpectrumColumns } from "./gammaspectrum/decodeColumns.ts";
export { decodeN42, looksLikeN42 } from "./gammaspectrum/decodeN42.ts";
export { decodeSpe, looksLikeSpe } from "./gammaspectrum/decodeSpe.ts";
export type { GammaSpectrumFile } from "./gammaspectrum/item.ts";
export { decodeGrib } from "./grib/decode.ts";
export type { WeatherHeader } from "./grib/field.ts";
export { decodeImsArrivals, type ListedArrival } from "./ims/arrivals/decode.ts";
export type { ArrivalListing, ImsArrivalLine } from "./ims/arrivals/layout.ts";
export { arrivalLine, writeArrivalSection } from "./ims/arrivals/write.ts";
export { decodeImsBulletin } from "./ims/bulletin/decode.ts";
export {
  encodeImsBulletin,
  type ImsBulletinOptions,
  type ImsSectionOptions,
  writeBulletinSection,
} from "./ims/bulletin/encode.ts";
export {
  type CalibrationResult,
  decodeCalibrationResults,
  type MessageName,
  writeCalibrationResult,
} from "./ims/calibrationResult.ts";
export { writeChannelSection } from "./ims/channelSection.ts";
export { decodeImsCommands, type ImsCommand, writeImsCommand } from "./ims/command.ts";
export { decodeImsMessages, type ImsMessage, type ImsSection } from "./ims/message.ts";
export { decodeImsOutages, type Outage, writeOutages } from "./ims/outage.ts";
export { decodeImsRequests, type ImsRequest, type ImsRequestMessage } from "./ims/request/decode.ts";
export { defaultEnvironment, type ImsEnvironment, type ImsRange } from "./ims/request/environment.ts";
export { requestKinds } from "./ims/request/kinds.ts";
export { isAskedFor } from "./ims/request/pattern.ts";
export { type ImsWaveformRequest, writeImsWaveformRequest } from "./ims/request/write.ts";
export { writeResponseSection } from "./ims/response/encode.ts";
export { writeStationSection } from "./ims/stationSection.ts";
export { decodeImsStations } from "./ims/stations.ts";
export {
  type AuthenticationStatusRow,
  type ChannelStatusRow,
  type LinkStatusRow,
  type ReportPeriod,
  type StationStatusRow,
  writeAuthenticationStatus,
  writeChannelStatus,
  writeLinkStatus,
  writeStationStatus,
} from "./ims/statusReports.ts";
export { decodeImsWaveforms } from "./ims/waveform.ts";
export { type ImsEnvelope, writeImsMessage, writeLogSection } from "./ims/writeMessage.ts";
export { type ImsWaveformOptions, writeImsWaveform, writeWaveformSection } from "./ims/writeWaveform.ts";
export { decodeTravelTimeTable } from "./locsat/decode.ts";
export { decodeMiniSeed2, decodeMiniSeed3 } from "./miniseed/decode.ts";
export type { WrittenEncoding } from "./miniseed/payload.ts";
export { type MiniSeed2Options, writeMiniSeed2 } from "./miniseed/write2.ts";
export { type MiniSeed3Options, writeMiniSeed3 } from "./miniseed/write3.ts";
export type { NetcdfDataset, NetcdfVariable } from "./netcdf/dataset.ts";
export { decodeNetcdf } from "./netcdf/decode.ts";
export { encodeNetcdf, type NetcdfContents } from "./netcdf/encode.ts";
export { weatherFromNetcdf } from "./netcdf/weather.ts";
export { decodePulseHeightData, pulseHeightKinds } from "./phd/decode.ts";
export { encodePulseHeightData } from "./phd/encode.ts";
export { decodeQuakeMl } from "./quakeml/decode.ts";
export { encodeQuakeMl } from "./quakeml/encode.ts";
export { decodeSampleReports } from "./rnreport/decodeSampleReports.ts";
export { encodeSampleReport } from "./rnreport/encodeSampleReport.ts";
export { decodeLaboratoryReports, encodeLaboratoryReport } from "./rnreport/laboratoryReport.ts";
export { decodeScreenedEvents, encodeScreenedEvent } from "./rnreport/screenedEvent.ts";
export { decodeSac, type SacTrace } from "./sac/decode.ts";
export { encodeSac, type SacOptions } from "./sac/encode.ts";
export { decodeSacPoleZero } from "./sacpz/decode.ts";
export { encodeSacPoleZero, poleZeroOf } from "./sacpz/encode.ts";
export { decodeSampMl, looksLikeSampMl, type SampMlSample, type SampMlSpectrum } from "./sampml/decode.ts";
export type {
  Measured,
  StoredAnalysis,
  StoredFlag,
  StoredLine,
  StoredNuclide,
  StoredPeak,
} from "./sampml/stored.ts";
export { decodeDirectionCorrection } from "./sasc/decode.ts";
export { encodeDirectionCorrection } from "./sasc/encode.ts";
export { SeedLinkClient, type SeedLinkClientEvent, type SeedLinkReceived } from "./seedlink/client.ts";
export type { SeedLinkCommand, SeedLinkVersion, StartSequence } from "./seedlink/command.ts";
export type { SeedLinkFormatInfo, SeedLinkInfo, SeedLinkStationInfo, SeedLinkStreamInfo } from "./seedlink/info.ts";
export { fullSequence, isMiniSeed3, recordLength, type SeedLinkPacket } from "./seedlink/packet.ts";
export type { ErrorReply, SeedLinkErrorCode } from "./seedlink/reply.ts";
export {
  fits as fitsPattern,
  requestFor,
  type StationRequest,
  seedLinkIds,
  selectorForms,
} from "./seedlink/selector.ts";
export {
  SeedLinkServer,
  type SeedLinkServerEvent,
  type SeedLinkServerOptions,
  type SeedLinkServerStep,
} from "./seedlink/server.ts";
export {
  SeedLinkSubscriber,
  type SubscribedStation,
  type SubscriberEvent,
  type Subscription,
} from "./seedlink/subscriber.ts";
export { mergeSegments } from "./segments.ts";
export { decodeNordic, type NordicContents } from "./seisan/decodeNordic.ts";
export { encodeNordic } from "./seisan/encodeNordic.ts";
export { decodeSeisanStations } from "./seisan/stations.ts";
export { decodeSourceReceptorField } from "./srs/decode.ts";
export { encodeSourceReceptorField, type SourceReceptorStyle } from "./srs/encode.ts";
export { decodeTravelTimeCorrection } from "./sssc/decode.ts";
export { encodeTravelTimeCorrection } from "./sssc/encode.ts";
export {
  decodeStationHealth,
  type HealthReading,
  type StationAlert,
  type StationHealth,
  type StationReport,
  type StationWeather,
} from "./stationhealth/decode.ts";
export { defaultGroupingRule, type GroupingRule, stationsFromRecords } from "./stations.ts";
export { decodeStationXml, type StationXmlContents } from "./stationxml/decode.ts";
export {
  encodeStationPlaces,
  encodeStationXml,
  type StationPlace,
  type StationXmlOptions,
  stationPlaces,
} from "./stationxml/encode.ts";
export type { Step } from "./step.ts";
export { type XmlAttributes, XmlWriter } from "./xml/write.ts";
