"""Work that is done in the background: a row says what there is to do, a worker claims it and does it."""
