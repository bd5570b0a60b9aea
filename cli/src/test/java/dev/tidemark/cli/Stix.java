package dev.tidemark.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Holds bundles against the JSON schemas that OASIS publishes for STIX 2.1. */
final class Stix {
    private static final String PUBLISHED = "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas";
    private static final Schema BUNDLE = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaIdResolvers(ids -> ids.mapPrefix(PUBLISHED, "classpath:stix-2.1/schemas")))
            .getSchema(SchemaLocation.of(PUBLISHED + "/common/bundle.json"));

    private Stix() {}

    /** What is wrong with it, each with its place in the bundle; empty if it is sound. */
    static List<String> faults(String bundle) {
        return BUNDLE.validate(bundle, InputFormat.JSON).stream().map(Error::toString).toList();
    }
}
