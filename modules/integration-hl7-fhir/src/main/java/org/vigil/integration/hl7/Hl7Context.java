package org.vigil.integration.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;

/**
 * HAPI HL7v2 as Vigil uses it: every version read into the structures of v2.5.1 (fields are only
 * ever added between versions), no validation of its own (Vigil names the field itself), and no
 * {@code id_file} in the working directory.
 */
final class Hl7Context {
  private static final HapiContext CONTEXT = create();

  private Hl7Context() {}

  /** A parser of one's own; HAPI's are not documented as safe for several threads. */
  static PipeParser parser() {
    return new PipeParser(CONTEXT);
  }

  private static HapiContext create() {
    DefaultHapiContext context =
        new DefaultHapiContext(
            new ca.uhn.hl7v2.parser.ParserConfiguration(),
            ValidationContextFactory.noValidation(),
            new CanonicalModelClassFactory("2.5.1"));
    context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
    return context;
  }
}
