export function bandPass(segment: any, _band: any) {
  return segment;
}
