/**
 * Stands in for the package `xmlbuilder2`, which vtk.js needs only to read and write VTK's XML
 * files. It pulls Node's `events` into the browser and fails there; Vigil shows DICOM images only.
 */
export function create(): never {
  throw new Error('VTK XML files are not supported by this page');
}

export default { create };
