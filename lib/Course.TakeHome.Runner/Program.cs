using Course.TakeHome.Runner;

return RunnerProgram.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
