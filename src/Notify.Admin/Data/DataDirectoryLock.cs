namespace Notify.Admin.Data;

/// <summary>Holds the data directory for one process: two on one SQLite file would each believe to be the only worker.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">The directory cannot be written, or another process holds it.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            PrivateFiles.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"DataDirectory '{directory}' cannot be created: {e.Message} Choose a directory that this account may write.", e);
        }

        var path = Path.Combine(directory, "notify.lock");
        try
        {
            return new DataDirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"DataDirectory '{directory}' is not writable. Give this account write access to it, or choose another.", e);
        }
        catch (IOException e)
        {
            throw new StartupException(
                $"DataDirectory '{directory}' is in use by another Notify.Admin process, or not writable. Stop that process, or give this one a DataDirectory of its own; several instances need PostgreSQL.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
