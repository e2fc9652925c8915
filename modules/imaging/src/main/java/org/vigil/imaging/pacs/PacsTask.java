package org.vigil.imaging.pacs;

import java.util.UUID;
import org.vigil.imaging.domain.PacsTaskKind;

/**
 * A task in hand.
 *
 * @param subject what it is about, see {@link PacsTaskKind}
 * @param node name of the PACS node
 * @param attempts failed before
 */
public record PacsTask(UUID id, PacsTaskKind kind, String subject, String node, int attempts) {}
