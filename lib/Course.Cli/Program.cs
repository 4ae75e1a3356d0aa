using Course.Cli;

Icu.Start();
return await CourseCommand.RunAsync(args);
