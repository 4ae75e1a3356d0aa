using Course.TakeHome.Contracts;

// In a candidate's folder this assembly is in lib/, and the command is given inside the folder.
try
{
    return DeskCommand.Run(Environment.CurrentDirectory, args, Console.Out, TimeProvider.System);
}
catch (CourseException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException) // a disk that is full, a file that may not be read
{
    Console.Error.WriteLine($"{e.Message.TrimEnd('.')}. Look at the file's permissions and at the space that is left, and try again.");
    return 1;
}
