// One test at a time: a garbage collection in one test can free a number that an operator of another test still reads
// (see tests.runsettings).
[assembly: CollectionBehavior(DisableTestParallelization = true)]
