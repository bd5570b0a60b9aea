package dev.tidemark.read.registry;

import dev.tidemark.model.Place;
import dev.tidemark.read.RecordSink;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a key says of the server itself. Source: Microsoft Learn, "Exchange Server build numbers"; the names of the values
 * under {@code ExchangeServer\v15\Setup} are those that Exchange's setup writes.
 */
final class RegistryFacts {
    private static final Pattern SETUP = Pattern.compile("hklm\\\\software\\\\microsoft\\\\exchangeserver\\\\v\\d+\\\\setup");
    private static final Pattern SERVICE = Pattern.compile("hklm\\\\system\\\\currentcontrolset\\\\services\\\\[^\\\\]+");
    private static final String NAME = "hklm\\system\\currentcontrolset\\control\\computername\\computername";
    /** Windows' start type of a service that does not start, whoever asks. */
    private static final String DISABLED = "4";

    private RegistryFacts() {}

    static void tell(RegistryRecord record, String path, RecordSink sink) {
        String key = record.value("Key").orElse("").toLowerCase(Locale.ROOT);
        Optional<Instant> time = record.time();
        if (time.isEmpty()) {
            return;
        }
        Place place = record.place(path);
        if (SETUP.matcher(key).matches()) {
            build(record).ifPresent(build -> sink.observed(RecordSink.REGISTRY_BUILD, build, time.get(), place));
        } else if (key.equals(NAME)) {
            record.value("ComputerName").ifPresent(name -> sink.observed(RecordSink.SERVER, name, time.get(), place));
        } else if (SERVICE.matcher(key).matches() && record.value("Start").equals(Optional.of(DISABLED))) {
            sink.observed(RecordSink.SERVICE_OFF, record.value("KeyName").orElse(""), time.get(), place);
        }
    }

    /** Of the pages of Outlook on the web, which every update brings anew; else of the cumulative update alone. */
    private static Optional<String> build(RegistryRecord record) {
        Optional<String> pages = record.value("OwaVersion").filter(v -> v.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"));
        Optional<String> update = record.value("MsiProductMajor").flatMap(major -> record.value("MsiProductMinor")
                .flatMap(minor -> record.value("MsiBuildMajor").map(build -> major + "." + minor + "." + build)));
        return pages.or(() -> update);
    }
}
