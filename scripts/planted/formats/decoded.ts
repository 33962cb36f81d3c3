// The target of the planted violation beside it.
export const decoded = 1;
