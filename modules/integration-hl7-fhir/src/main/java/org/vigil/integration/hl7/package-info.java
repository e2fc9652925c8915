/** HL7 v2 content: reading orders, answering them, and writing ORU^R01. No sockets, no database. */
package org.vigil.integration.hl7;
