using Course.TakeHome.Contracts;

// In a candidate's folder this assembly is in lib/, and the command is given inside the folder.
try
{
    return DeskCommand.Run(Environment.CurrentDirectory, args, Console.Out, TimeProvider.System);
}
catch (TakeHomeException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
