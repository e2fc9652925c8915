package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.imaging.api.AllowedCaller;

class CallerListTest {
  @ParameterizedTest
  @CsvSource({
    "'',                         CT1,  192.0.2.9,    true",
    "CT1,                        CT1,  192.0.2.9,    true",
    "CT1,                        ' CT1 ', 192.0.2.9, true",
    "CT1,                        ct1,  192.0.2.9,    false",
    "CT1,                        CT2,  192.0.2.9,    false",
    "CT1 192.0.2.9,              CT1,  192.0.2.9,    true",
    "CT1 192.0.2.9,              CT1,  192.0.2.10,   false",
    "CT1 192.0.2.0/24,           CT1,  192.0.2.255,  true",
    "CT1 192.0.2.0/24,           CT1,  192.0.3.0,    false",
    "CT1 192.0.2.77/24,          CT1,  192.0.2.9,    true",
    "CT1 10.0.0.0/8 192.0.2.9,   CT1,  192.0.2.9,    true",
    "CT1 0.0.0.0/0,              CT1,  192.0.2.9,    true",
    "CT1 2001:db8::/32,          CT1,  2001:db8::7,  true",
    "CT1 2001:db8::/32,          CT1,  2001:db9::7,  false",
    "CT1 2001:db8::/32,          CT1,  192.0.2.9,    false",
    "CT1 192.0.2.0/24,           CT1,  ::ffff:192.0.2.9, true",
    "CT1 10.0.0.1;CT2,           CT2,  192.0.2.9,    true",
    "CT1 10.0.0.1;CT2,           CT1,  192.0.2.9,    false",
  })
  void callersAreKnownByAeTitleAndAddress(
      String list, String callingAe, String address, boolean admitted) throws UnknownHostException {
    List<AllowedCaller> callers =
        list.isEmpty()
            ? List.of()
            : Arrays.stream(list.split(";")).map(CallerListTest::caller).toList();

    assertThat(new CallerList(callers).admits(callingAe, InetAddress.getByName(address)))
        .isEqualTo(admitted);
  }

  private static AllowedCaller caller(String text) {
    List<String> words = List.of(text.split(" "));
    return CallerList.checked(new AllowedCaller(words.get(0), words.subList(1, words.size())));
  }

  @Test
  void whatIsKeptIsCanonical() {
    AllowedCaller kept =
        CallerList.checked(
            new AllowedCaller(" CT 1 ", List.of(" 10.1.2.3/16", "10.1.0.0/16", "192.0.2.9")));

    assertThat(kept).isEqualTo(new AllowedCaller("CT 1", List.of("10.1.0.0/16", "192.0.2.9/32")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "1.2.3.4/24/1"})
  void aNetworkThatIsNoneIsRefused(String network) {
    assertThatThrownBy(() -> CallerList.checked(new AllowedCaller("CT1", List.of(network))))
        .hasMessageContaining("IMAGING-0052")
        .hasMessageContaining("networks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "BACK\\SLASH", "SEVENTEEN-LETTERS", "UMLÄUT", "TAB\tTAB"})
  void anAeTitleThatIsNoneIsRefused(String aeTitle) {
    assertThatThrownBy(() -> CallerList.checked(new AllowedCaller(aeTitle, List.of())))
        .hasMessageContaining("IMAGING-0052")
        .hasMessageContaining("aeTitle");
  }

  @Test
  void aCallerOfManyNetworksIsRefused() {
    assertThatThrownBy(
            () ->
                CallerList.checked(new AllowedCaller("CT1", Collections.nCopies(17, "192.0.2.9"))))
        .hasMessageContaining("at most 16");
  }
}
