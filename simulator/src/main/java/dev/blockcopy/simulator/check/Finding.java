package dev.blockcopy.simulator.check;

import java.util.List;

/**
 * What was found out about one property.
 *
 * @param traces where violated, different runs that break it, the shortest first; where a {@link Property.Sometimes} is
 *     met, a shortest run to it
 * @param note what a person wants to know besides, or nothing
 */
public record Finding(Property property, Verdict verdict, List<Trace> traces, String note) {
    public Finding {
        traces = List.copyOf(traces);
    }
}
