/** Name of the attachment a test leaves its result in. */
export const attachmentName = "qlik-conformance-group";

/** Name of the attachment that tells which dialect the target declared. */
export const targetAttachment = "qlik-conformance-target";
