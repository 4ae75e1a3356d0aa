using Course.TakeHome.Contracts;

// Started by ./take-home check; leave it as it is.
return CheckHost.Run(args, new Adapter());
