package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.PersonalData.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Write to ann.b@mail.acme.com now.          | Write to [email] now.
          IBAN DE89 3704 0044 0532 0130 00, please   | IBAN [iban], please
          IBAN DE88 3704 0044 0532 0130 00, please   | IBAN DE88 3704 0044 0532 0130 00, please
          Card 4111 1111 1111 1111.                  | Card [credit-card].
          Order 4111 1111 1111 1112.                 | Order 4111 1111 1111 1112.
          SSN 219-09-9999 or 000-12-3456             | SSN [ssn] or 000-12-3456
          From 192.168.1.20 to 300.1.1.1             | From [ip-address] to 300.1.1.1
          Call +49 30 1234567 on 2026-01-31          | Call [phone] on 2026-01-31
          Version 1.2.3.4.5, $12.50 and 3 days       | Version 1.2.3.4.5, $12.50 and 3 days
          """)
  void replacesWhatHasTheFormAndItsCheckDigits(String text, String redacted) {
    assertThat(PersonalData.redacted(EnumSet.allOf(Kind.class), text)).isEqualTo(redacted);
  }

  @Test
  void replacesOnlyTheKindsThatAreNamed() {
    String text = "ann@acme.com, 192.168.1.20";
    assertThat(PersonalData.redacted(Set.of(Kind.EMAIL), text)).isEqualTo("[email], 192.168.1.20");
    assertThat(PersonalData.redacted(Set.of(), text)).isEqualTo(text);
    assertThat(PersonalData.count(Kind.EMAIL, text)).isEqualTo(1);
  }
}
