// One test at a time: a collection that one test asks for may come while another's operator reads a number (see tests.runsettings).
[assembly: CollectionBehavior(DisableTestParallelization = true)]
