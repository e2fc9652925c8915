/**
 * The minimal lower layer protocol (HL7 v2.5.1 appendix C.2; IHE ITI TF-2x): frames, the server
 * loop, and connections to peers.
 */
package org.vigil.integration.mllp;
