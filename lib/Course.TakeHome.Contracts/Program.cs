Console.Error.WriteLine("Run a command of the take-home: check, status, hint, reset or pack.");
return 1;
