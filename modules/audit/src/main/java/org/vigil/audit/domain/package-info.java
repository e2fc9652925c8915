/**
 * The chain that proves a trail complete: how a row is digested, how rows are sealed in batches,
 * how a day is anchored, and what a check of all that finds. Knows a database connection and a key,
 * and nothing of the server, so that the command line checks a trail without trusting the server.
 */
package org.vigil.audit.domain;
