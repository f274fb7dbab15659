namespace Notify.Admin.Data;

/// <summary><c>dotnet run --project src/Notify.Admin -- backup FILE</c> and <c>restore FILE</c>: what the program does instead of
/// serving.</summary>
internal static class BackupCommand
{
    private const string Backup = "backup";
    private const string Restore = "restore";

    /// <summary>Does what the first argument asks for.</summary>
    /// <returns>False when it asks for neither: the program is to serve.</returns>
    /// <exception cref="StartupException">It cannot be done; the message says why, and what to do.</exception>
    public static async Task<bool> TryRunAsync(string[] arguments, Func<DatabaseOptions> database, CancellationToken cancellationToken)
    {
        if (arguments is not [Backup or Restore, ..])
        {
            return false;
        }

        var command = arguments[0];
        if (arguments is not [_, { Length: > 0 } file, ..] || file.StartsWith('-'))
        {
            throw new StartupException($"'{command}' needs a file: {command} notify-backup.zip");
        }

        var backup = new StoreBackup(database());
        var path = Path.GetFullPath(file);
        var contents = command == Backup
            ? await backup.WriteAsync(path, cancellationToken)
            : await backup.RestoreAsync(path, cancellationToken);
        await Console.Out.WriteLineAsync(command == Backup
            ? $"Wrote the store ({contents.Bytes / 1024} KiB) and {contents.Keys} keys of the key ring to '{path}'. Whoever has this file can read every stored secret: guard it like them."
            : $"Restored the store ({contents.Bytes / 1024} KiB) and {contents.Keys} keys of the key ring to '{backup.DataDirectory}'. Stop the program that '{path}' was taken from before you start this one.");
        return true;
    }
}
