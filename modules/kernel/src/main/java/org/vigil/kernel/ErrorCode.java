package org.vigil.kernel;

/**
 * Every error Vigil can answer with, on every interface: the one table from which REST, HL7 and
 * DICOM answers are made. An id is never reused; the text says what was wrong and what to do.
 *
 * <p>HL7 codes are of table 0357 (ERR-3), DIMSE statuses of PS3.4 §B.2.3 and PS3.7 Annex C.
 */
public enum ErrorCode {
  KERNEL_0001("internal error; see the server's log at this time", 500, 207, 0x0110),
  KERNEL_0002("not a UID: 1 to 64 digits and dots", 400, 102, 0x0117),
  KERNEL_0003("the request is malformed; see details", 400, 102, 0xC000),
  KERNEL_0004("not found", 404, 204, 0x0112),
  KERNEL_0005("conflict with the present state; fetch it again", 409, 205, 0x0110),
  KERNEL_0006("the server is starting or overloaded; try again shortly", 503, 207, 0xA700),

  TENANCY_0001(
      "not a hospital id: 2 to 32 lower-case letters, digits and hyphens, starting with a letter",
      400,
      103,
      0x0110),
  TENANCY_0002("no tenant is known to this request; log in or name one", 403, 207, 0x0110),
  TENANCY_0003("the tenant named differs from the one logged in to", 403, 207, 0x0110),
  TENANCY_0004("unknown or suspended tenant", 404, 103, 0x0110),
  TENANCY_0005(
      "unknown receiving facility; set MSH-6 to the facility agreed with Vigil", 404, 103, 0x0110),
  TENANCY_0006("unknown called AE title", 404, 103, 0x0110),
  TENANCY_0007("AE title or facility already belongs to a tenant", 409, 205, 0x0110),
  TENANCY_0008("the hospital could not be created; nothing was changed", 500, 207, 0x0110),
  TENANCY_0009(
      "this AI feature is switched off for this hospital or modality; its administrator decides",
      403,
      207,
      0x0110),
  TENANCY_0010("the patient has opted out of this use of the data", 403, 207, 0x0110),
  TENANCY_0011("a reason is required, of at most 500 characters", 400, 101, 0x0110),
  TENANCY_0012("unknown AI feature; GET /api/ai-features lists them", 404, 204, 0x0110),
  TENANCY_0013(
      "this hospital is suspended; keep what you have and send it later", 403, 207, 0x0110),
  TENANCY_0014(
      "this hospital's schema is not up to date; the platform's administrator must migrate it",
      503,
      207,
      0x0110),
  TENANCY_0015(
      "the hospital's storage or backup lies outside what its region allows", 422, 207, 0x0110),
  TENANCY_0016(
      "the archive does not open: wrong passphrase, or cut, or changed; nothing was written",
      422,
      207,
      0x0110),
  TENANCY_0017("the archive is of a newer version of Vigil; restore it there", 422, 207, 0x0110),
  TENANCY_0018("a hospital of this id exists; restore under a free id", 409, 205, 0x0110),
  TENANCY_0019(
      "erasing needs the hospital's id as confirmation, and a reason; nothing was erased",
      400,
      103,
      0x0110),
  TENANCY_0020("a legal hold keeps this hospital's records; nothing was erased", 409, 205, 0x0110),

  IDENTITY_0001("hospital, user name or password is wrong", 401, 207, 0x0110),
  IDENTITY_0002("not logged in, or the session has ended; log in again", 401, 207, 0x0110),
  IDENTITY_0003("your role does not allow this", 403, 207, 0x0110),
  IDENTITY_0004("the request lacks the header X-Requested-With: vigil", 403, 207, 0x0110),
  IDENTITY_0005("too many failed log-ins; wait before trying again", 429, 207, 0x0110),
  IDENTITY_0006("more than one credential was sent; send one", 400, 207, 0x0110),
  IDENTITY_0007("a one-time code is needed besides the password", 401, 207, 0x0110),
  IDENTITY_0008("the one-time code is wrong or was used before", 401, 207, 0x0110),
  IDENTITY_0009("the password does not follow the rules; see details", 422, 207, 0x0110),
  IDENTITY_0010("account not found", 404, 204, 0x0110),
  IDENTITY_0011("client id or secret is wrong, expired or revoked", 401, 207, 0x0110),
  IDENTITY_0012("service account not found", 404, 204, 0x0110),
  IDENTITY_0013(
      "first change your password or set up your second factor; see details", 403, 207, 0x0110),
  IDENTITY_0014("the hospital has no OpenID provider", 404, 204, 0x0110),
  IDENTITY_0015("the OpenID provider refused or did not answer; try again", 502, 207, 0x0110),
  IDENTITY_0016("emergency access not found, or over", 404, 204, 0x0110),
  IDENTITY_0017("the hospital has no LDAP directory", 404, 204, 0x0110),
  IDENTITY_0018(
      "the hospital's directory refused or did not answer; see details", 502, 207, 0x0110),
  IDENTITY_0019(
      "this account is the directory's: its roles, name and password are changed there",
      409,
      205,
      0x0110),

  AUDIT_0001(
      "the audit trail's signing key cannot be read or does not fit; restore secrets/audit-*.pem",
      500,
      207,
      0x0110),
  AUDIT_0002("audit event not found, or its month was deleted by policy", 404, 204, 0x0112),
  AUDIT_0003("the event is not sealed yet; ask again in a few seconds", 409, 205, 0x0110),
  AUDIT_0004("a legal hold covers these records; nothing was deleted", 409, 205, 0x0110),
  AUDIT_0005("the trail does not verify; nothing was deleted", 409, 205, 0x0110),
  AUDIT_0006("legal hold not found, or lifted before", 404, 204, 0x0112),
  AUDIT_0007("audit alert not found, or reviewed before", 404, 204, 0x0112),
  AUDIT_0008("the receiver of audit messages did not take them; they are kept", 502, 207, 0x0110),
  CRYPTO_0001(
      "the key of a stored file is not there; restore the secrets it was made with",
      500,
      207,
      0x0110),
  CRYPTO_0002(
      "a stored file is damaged or not the one recorded; restore it or send it again",
      500,
      207,
      0x0110),
  CRYPTO_0004("this hospital takes encrypted connections only; connect by TLS", 403, 207, 0x0110),
  CRYPTO_0005(
      "the certificate is not the one known under this name; agree it with the hospital",
      403,
      207,
      0x0110),
  CRYPTO_0006("Vigil's certificate could not be read; the old one stays in use", 422, 207, 0x0110),
  CRYPTO_0007(
      "a queued message was not written by Vigil for this hospital; see who can reach the broker",
      403,
      207,
      0x0124),
  CRYPTO_0003("the secrets cannot be read; see details and docs/encryption.md", 503, 207, 0xA700),
  AUDIT_0009(
      "no anchor of that day: it is not over, or nothing was recorded in it", 404, 204, 0x0112),

  IMAGING_0001("the object is truncated or not DICOM; send it again", 400, 207, 0xC000),
  IMAGING_0002("the object lacks a required attribute", 400, 101, 0xC000),
  IMAGING_0003("the object's SOP class or instance differs from the command's", 400, 207, 0xA900),
  IMAGING_0004("study not found", 404, 204, 0x0112),
  IMAGING_0005("instance not found", 404, 204, 0x0112),
  IMAGING_0006("storage is full or cannot be written; send again later", 507, 207, 0xA700),
  IMAGING_0007(
      "a different object with this SOP instance UID is already stored; the first is kept",
      409,
      205,
      0x0111),
  IMAGING_0008("the image has no pixel data", 422, 207, 0xC000),
  IMAGING_0009("this transfer syntax or pixel format cannot be decoded", 422, 207, 0x0122),
  IMAGING_0010("frame number out of range", 404, 204, 0x0112),
  IMAGING_0011(
      "the result could not be stored in the archive; it will be retried", 502, 207, 0x0110),
  IMAGING_0020(
      "the request's body is not what its Content-Type says; see details", 400, 207, 0xC000),
  IMAGING_0021("the object belongs to another study than the one it was sent to", 409, 207, 0xA900),
  IMAGING_0022("objects of this SOP class are not stored", 415, 207, 0x0122),
  IMAGING_0023(
      "bodies of this Content-Type are not taken; see the conformance statement", 415, 207, 0x0122),
  IMAGING_0031("PACS node not found", 404, 204, 0x0112),
  IMAGING_0032("the PACS node's description cannot be used; see details", 422, 102, 0x0110),
  IMAGING_0033("the PACS node did not answer; it will be asked again", 502, 207, 0x0110),
  IMAGING_0034("the PACS node is down or busy and is not asked just now", 503, 207, 0x0110),
  IMAGING_0035("the PACS node did not give all that was asked for", 502, 207, 0x0110),
  IMAGING_0036("the procedure step cannot be changed like this; see details", 409, 205, 0x0110),
  IMAGING_0051(
      "this AE title may not call from there; a PACS administrator can allow it", 403, 207, 0x0124),
  IMAGING_0052("the caller's description cannot be used; see details", 422, 102, 0x0110),
  IMAGING_0053("no such caller is on the hospital's list", 404, 204, 0x0112),
  IMAGING_0061("workitem not found", 404, 204, 0xC307),
  IMAGING_0062("a workitem of this UID exists", 409, 205, 0x0111),
  IMAGING_0063("the Transaction UID is missing", 400, 101, 0xC301),
  IMAGING_0064("the Transaction UID is not that of who claimed the workitem", 400, 205, 0xC301),
  IMAGING_0065("the workitem has ended and stays as it is", 409, 205, 0xC300),
  IMAGING_0066("the workitem is in progress already", 409, 205, 0xC302),
  IMAGING_0067("a workitem is SCHEDULED by its creation only", 400, 102, 0xC303),
  IMAGING_0068(
      "the workitem lacks what its final state needs; see details, add it first", 409, 101, 0xC304),
  IMAGING_0069("the workitem is not in progress; claim it first", 409, 205, 0xC310),
  IMAGING_0070("the workitem is completed and cannot be cancelled", 409, 205, 0xC311),
  IMAGING_0071(
      "the workitem is in progress: only its performer can cancel it, and nobody is subscribed to"
          + " it",
      409,
      205,
      0xC312),
  IMAGING_0072("the workitem has ended and may not be updated", 400, 205, 0xC300),
  IMAGING_0073("the workitem's attributes cannot be used; see details", 400, 102, 0x0106),
  IMAGING_0074("no such subscription; search for workitems and subscribe first", 404, 204, 0xC307),
  IMAGING_0075("the AE title is another user's; subscribe under one of your own", 403, 207, 0xC308),
  IMAGING_0076(
      "as many notification connections are open as there may be; close one or try again later",
      503,
      207,
      0x0110),
  IMAGING_0081(
      "text or a face may stand in the pixels: name regions to mask, confirm that somebody has"
          + " looked, or leave those images out",
      409,
      207,
      0x0110),
  IMAGING_0090(
      "the images are no longer kept here, the PACS has them; retrieve them there",
      410,
      204,
      0x0112),
  IMAGING_0091("the storage tier does not answer; try again later", 503, 207, 0xA700),
  IMAGING_0092("the storage tiers are not set up right; see details", 500, 207, 0x0110),
  IMAGING_0093(
      "not a PACS node with capability client, or not calling from its host", 403, 207, 0x0124),
  IMAGING_0094("the identifier does not fit its model; see details", 400, 102, 0xA900),
  IMAGING_0095("more matches than are answered; narrow the query", 413, 207, 0xA700),
  IMAGING_0096(
      "the metadata refers to bulk data of which there is not exactly one part; see details",
      409,
      207,
      0xC000),
  IMAGING_0097(
      "pixel data of this media type or transfer syntax cannot be stored; see details",
      415,
      207,
      0xC122),

  ANALYSIS_0001("analysis not found", 404, 204, 0x0112),
  ANALYSIS_0002("order not found", 404, 204, 0x0112),
  ANALYSIS_0003("the analysis is not in a state that allows this", 409, 205, 0x0110),
  ANALYSIS_0004("no enabled model accepts this study", 422, 207, 0x0110),
  ANALYSIS_0005(
      "the study's patient differs from its order's; released only by a person", 409, 207, 0x0110),
  ANALYSIS_0006("a reason is required", 400, 101, 0x0110),
  ANALYSIS_0007("finding not found", 404, 204, 0x0112),

  INFERENCE_0001("the model package is invalid; see details", 422, 207, 0x0110),
  INFERENCE_0002("model not found", 404, 204, 0x0112),
  INFERENCE_0003("the model could not be run on this image", 500, 207, 0x0110),
  INFERENCE_0004("the image could not be prepared for the model", 422, 207, 0x0110),
  INFERENCE_0005("the model gave an output of the wrong shape or not a number", 500, 207, 0x0110),
  INFERENCE_0006("the model did not answer in time", 504, 207, 0x0110),

  INTEGRATION_0001("the HL7 message is malformed", 400, 100, 0x0110),
  INTEGRATION_0002("a required HL7 field is missing", 400, 101, 0x0110),
  INTEGRATION_0003("an HL7 field has a value of the wrong form", 400, 102, 0x0110),
  INTEGRATION_0004("this HL7 message type is not accepted here", 400, 200, 0x0110),
  INTEGRATION_0005("this HL7 version is not accepted here", 400, 203, 0x0110),
  INTEGRATION_0006(
      "the same MSH-10 arrived before with other content; use a new control id", 409, 205, 0x0110),
  INTEGRATION_0007("the peer did not accept the result; it will be retried", 502, 207, 0x0110),
  INTEGRATION_0008("alert not found", 404, 204, 0x0110),
  INTEGRATION_0009("delivery not found", 404, 204, 0x0110),
  INTEGRATION_0010("no destination is configured for this kind of result", 422, 207, 0x0110);

  private final String text;
  private final int httpStatus;
  private final int hl7Code;
  private final int dimseStatus;

  ErrorCode(String text, int httpStatus, int hl7Code, int dimseStatus) {
    this.text = text;
    this.httpStatus = httpStatus;
    this.hl7Code = hl7Code;
    this.dimseStatus = dimseStatus;
  }

  /** As shown to people and peers: {@code ANALYSIS-0005}. */
  public String id() {
    return name().replace('_', '-');
  }

  public String text() {
    return text;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** HL7 table 0357. */
  public int hl7Code() {
    return hl7Code;
  }

  /** DIMSE status, 16 bits. */
  public int dimseStatus() {
    return dimseStatus;
  }
}
