/** The module as it is wired in the server, on a real PostgreSQL and among real peers. */
package org.vigil.imaging.house;
