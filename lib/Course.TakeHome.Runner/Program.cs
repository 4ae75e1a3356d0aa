using Course.TakeHome.Runner;

return RunnerProgram.Run(args[0], Console.OpenStandardInput(), Console.OpenStandardOutput());
