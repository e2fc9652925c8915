package org.vigil.integration.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as it came; texts are empty where the header lacks them.
 *
 * @param raw the bytes between start and end block
 * @param sha256 of these bytes, lower-case hex
 */
public record ReceivedMessage(
    UUID id,
    Instant receivedAt,
    String sendingApplication,
    String sendingFacility,
    String controlId,
    String messageType,
    String peerAddress,
    byte[] raw,
    String sha256) {}
