/**
 * The DICOM upper layer (PS3.8) and DIMSE (PS3.7) over TCP and TLS: {@link
 * org.vigil.dicom.net.DicomServer} listens, {@link org.vigil.dicom.net.StorageScu} and {@link
 * org.vigil.dicom.net.EchoScu} send. One thread serves one association; threads come from the
 * caller's executor. Depends on {@code data} and {@code io}.
 */
package org.vigil.dicom.net;
