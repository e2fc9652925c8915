package org.vigil.cli.dicom;

import picocli.CommandLine.Command;

/** {@code ./vigil send-study}: what a modality does, by hand. */
@Command(
    name = "send-study",
    mixinStandardHelpOptions = true,
    description = {
      "Sends DICOM files and folders by C-STORE, an association a study, and sums up the answers.",
      "Exit codes: 0 all stored, 1 broken on the way, 2 wrong option, 3 cannot connect,"
          + " 7 one not stored."
    })
public final class SendStudyCommand extends StoreFiles {}
