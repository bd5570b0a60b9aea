package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Place;
import dev.tidemark.posture.ConfigFile;
import dev.tidemark.posture.PostureReader;
import dev.tidemark.posture.ServiceOff;
import dev.tidemark.posture.Sighting;
import dev.tidemark.posture.Sighting.Kind;
import dev.tidemark.read.RecordSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers from a host's files what bears on how its door stood. */
final class PostureFacts {
    private static final Map<String, Kind> SIGNS = new TreeMap<>(Map.of(RecordSink.BUILD, Kind.RECORD,
            RecordSink.SETUP_BUILD, Kind.SETUP, RecordSink.PROGRAM_BUILD, Kind.PROGRAM, RecordSink.REGISTRY_BUILD, Kind.REGISTRY,
            RecordSink.SERVED_BUILD, Kind.SERVED));

    private PostureFacts() {}

    static PostureReader.Facts of(HostScan.Host host, List<Coverage> coverage) {
        List<Sighting> builds = new ArrayList<>();
        List<ConfigFile> configuration = new ArrayList<>();
        List<ServiceOff> off = new ArrayList<>();
        for (FileResult file : host.files()) {
            for (FileResult.Observed o : file.observed()) {
                Place place = o.place().withPath(host.relative(o.place().path()));
                if (SIGNS.containsKey(o.fact())) {
                    builds.add(new Sighting(SIGNS.get(o.fact()), o.value(), o.known(), place));
                } else if (o.fact().equals(RecordSink.IIS_CONFIG)) {
                    configuration.add(new ConfigFile(EvidenceNames.decode(place.path()), place, o.known(), o.value()));
                } else if (o.fact().equals(RecordSink.SERVICE_OFF)) {
                    o.known().ifPresent(time -> off.add(new ServiceOff(o.value(), time, place)));
                }
            }
        }
        return new PostureReader.Facts(builds, configuration, off,
                coverage.stream().flatMap(c -> c.from().stream()).min(Comparator.naturalOrder()),
                coverage.stream().flatMap(c -> c.to().stream()).max(Comparator.naturalOrder()));
    }
}
