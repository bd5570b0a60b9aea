package dev.tidemark.read;

import dev.tidemark.read.ecp.EcpActivityReader;
import dev.tidemark.read.ecp.EcpServerReader;
import dev.tidemark.read.evtx.EvtxReader;
import dev.tidemark.read.ews.EwsReader;
import dev.tidemark.read.httpproxy.HttpProxyReader;
import dev.tidemark.read.iis.IisReader;
import dev.tidemark.read.iisconfig.IisConfigReader;
import dev.tidemark.read.manifest.ManifestReader;
import dev.tidemark.read.mitigation.MitigationLogReader;
import dev.tidemark.read.ntfs.LogFileReader;
import dev.tidemark.read.ntfs.MftReader;
import dev.tidemark.read.ntfs.UsnReader;
import dev.tidemark.read.oab.OabGeneratorReader;
import dev.tidemark.read.pe.ProgramReader;
import dev.tidemark.read.registry.RegistryReader;
import dev.tidemark.read.rps.RpsCmdletReader;
import dev.tidemark.read.rps.RpsHttpReader;
import dev.tidemark.read.setup.SetupLogReader;
import java.util.List;
import java.util.Optional;

/** All readers, in the order in which they are asked whether a file is theirs. A new source is one line here. */
public final class Readers {
    private static final List<LogReader> ALL = List.of(
            new EvtxReader(EvtxReader.Depth.CARVED),
            new HttpProxyReader(),
            new EcpServerReader(),
            new EcpActivityReader(),
            new OabGeneratorReader(),
            new RpsCmdletReader(),
            new RpsHttpReader(),
            new EwsReader(),
            new MitigationLogReader(),
            new SetupLogReader(),
            new IisConfigReader(),
            new ProgramReader(),
            new ManifestReader(),
            new MftReader(),
            new UsnReader(),
            new LogFileReader(),
            new RegistryReader(),
            new IisReader());

    private Readers() {}

    public static List<LogReader> all() {
        return ALL;
    }

    /** @param path in lower case, {@code /} between names */
    public static Optional<LogReader> recognise(byte[] head, String path) {
        Head beginning = new Head(head);
        return ALL.stream().filter(r -> r.recognises(beginning, path)).findFirst();
    }
}
