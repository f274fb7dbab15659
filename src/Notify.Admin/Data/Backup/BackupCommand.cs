namespace Notify.Admin.Data;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: what the program does instead of serving.</summary>
internal static class BackupCommand
{
    /// <exception cref="StartupException">It cannot be done; the message says why, and what to do.</exception>
    public static async Task BackupAsync(DatabaseOptions database, string file, CancellationToken cancellationToken)
    {
        var contents = await new StoreBackup(database).WriteAsync(file, cancellationToken);
        await Console.Out.WriteLineAsync(
            $"Wrote the store ({contents.Bytes / 1024} KiB) and {contents.Keys} keys of the key ring to '{file}'. Whoever has this file can read every stored secret: guard it like them.");
    }

    /// <exception cref="StartupException">It cannot be done; the message says why, and what to do.</exception>
    public static async Task RestoreAsync(DatabaseOptions database, string file, CancellationToken cancellationToken)
    {
        var contents = await new StoreBackup(database).RestoreAsync(file, cancellationToken);
        await Console.Out.WriteLineAsync(
            $"Restored the store ({contents.Bytes / 1024} KiB) and {contents.Keys} keys of the key ring to '{database.DataDirectory}'. Stop the program that '{file}' was taken from before you start this one.");
    }
}
