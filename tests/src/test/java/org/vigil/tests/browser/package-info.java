/**
 * What a person sees of Vigil: the page in a real Chromium, driven by Playwright, each person in a
 * window of their own.
 *
 * <p>Page objects ({@link org.vigil.tests.browser.WorklistScreen} and its like) speak of what is on
 * the screen by the test ids of the page; a test waits for what is drawn, never for time. A window
 * that saw an error in the console or a violation of the content security policy fails its test.
 */
package org.vigil.tests.browser;
