"""Place names in a report: found by `recognise`, and told what they stand for by `resolve`."""
