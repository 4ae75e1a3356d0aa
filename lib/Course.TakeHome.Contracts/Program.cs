using Course.TakeHome.Contracts;

// In a candidate's folder this assembly is in lib/, and the command runs in the folder itself.
try
{
    return DeskCommand.Run(Environment.CurrentDirectory, args, Console.Out, TimeProvider.System);
}
catch (CourseException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException) // such as a full disk, or a file that may not be read
{
    Console.Error.WriteLine($"{e.Message.TrimEnd('.')}. Check the file's permissions and the free disk space, and try again.");
    return 1;
}
