using Microsoft.Data.Sqlite;

namespace Notify.Admin.Data;

/// <summary>Keeps the files of a SQLite store to the account that the program runs as: they hold hashes, ciphertext and the keys to
/// it.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Directories = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Files = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory, open to nobody else, where there is none.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, Directories);
        }
    }

    /// <summary>Closes what is open to others, and says so. A directory that holds other things too is left as it is.</summary>
    public static void Close(DatabaseOptions database, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var keys = Path.Combine(database.DataDirectory, "keys");
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        Close(database.DataDirectory, Directories, logger, isShared: Directory.EnumerateFileSystemEntries(database.DataDirectory)
            .Any(entry => Path.GetFileName(entry) is not ("keys" or "notify.lock") && !entry.StartsWith(file, StringComparison.Ordinal)));
        // The folder is made here because the framework would make it readable for all.
        CreateDirectory(keys);
        Close(keys, Directories, logger);
        foreach (var one in (IEnumerable<string>)[file, $"{file}-wal", $"{file}-shm", Path.Combine(database.DataDirectory, "notify.lock"),
            .. Directory.Exists(keys) ? Directory.EnumerateFiles(keys) : []])
        {
            Close(one, Files, logger);
        }
    }

    private static void Close(string path, UnixFileMode wanted, ILogger logger, bool isShared = false)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path) || (File.GetUnixFileMode(path) & ~wanted) == 0)
        {
            return;
        }

        if (isShared)
        {
            logger.LogWarning("{Path} may be read by other accounts ({Mode}). Close it: chmod 700, or use a directory that holds nothing else",
                path, File.GetUnixFileMode(path));
            return;
        }

        try
        {
            File.SetUnixFileMode(path, wanted & File.GetUnixFileMode(path));
            logger.LogInformation("Closed {Path} to other accounts", path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            logger.LogWarning(e, "{Path} may be read by other accounts, and cannot be closed to them", path);
        }
    }
}
