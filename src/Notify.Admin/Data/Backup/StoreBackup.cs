using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>What a backup holds.</summary>
/// <param name="Keys">Files of the key ring.</param>
/// <param name="Bytes">Size of the store.</param>
internal sealed record BackupContents(int Keys, long Bytes);

/// <summary>Writes a SQLite store and its key ring into one archive, and lays them down elsewhere. The program may be running while it is
/// backed up: SQLite's online backup copies one consistent state.</summary>
internal sealed class StoreBackup(DatabaseOptions database)
{
    private const string StoreEntry = "notify.db";
    private const string KeyFolder = "keys/";

    private string KeyDirectory => Path.Combine(database.DataDirectory, "keys");

    /// <exception cref="StartupException">There is no such store, or the file cannot be written.</exception>
    public async Task<BackupContents> WriteAsync(string file, CancellationToken cancellationToken)
    {
        var store = StoreFile();
        if (!File.Exists(store))
        {
            throw new StartupException($"There is no store at '{store}'. Give the DataDirectory that the program runs with.");
        }

        if (File.Exists(file))
        {
            throw new StartupException($"The file '{file}' exists. Choose another name: a backup does not replace an older one.");
        }

        // Beside the archive, and renamed at the end: what stops half way leaves nothing that looks like a backup.
        var (copy, archive) = ($"{file}.store", $"{file}.part");
        try
        {
            CopyStore(store, copy);
            await CheckAsync(copy, cancellationToken);
            var contents = new BackupContents(Keys().Length, new FileInfo(copy).Length);
            await using (var stream = OpenPrivate(archive))
            await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            {
                await zip.CreateEntryFromFileAsync(copy, StoreEntry, CompressionLevel.Fastest, cancellationToken);
                foreach (var key in Keys())
                {
                    await zip.CreateEntryFromFileAsync(key, $"{KeyFolder}{Path.GetFileName(key)}", cancellationToken);
                }
            }

            File.Move(archive, file);
            return contents;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StartupException($"The backup '{file}' cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            DeleteStore(copy);
            Delete(archive);
        }
    }

    /// <exception cref="StartupException">A store is there already, or the archive is not a backup that this program can read.</exception>
    public async Task<BackupContents> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        var store = StoreFile();
        using var held = DataDirectoryLock.Take(database.DataDirectory);
        if (File.Exists(store) || Keys().Length > 0)
        {
            throw new StartupException($"DataDirectory '{database.DataDirectory}' holds a store or keys already. Restore into an empty directory, or move these away first.");
        }

        if (SidesOf(store).FirstOrDefault(File.Exists) is { } side)
        {
            throw new StartupException(
                $"'{side}' is left of another store: SQLite would take it for the restored store's own. Restore into an empty directory, "
                + "or move it away first.");
        }

        var part = $"{store}.part";
        List<string> laid = [];
        var isDone = false;
        try
        {
            DeleteStore(part);
            await using var zip = await ZipFile.OpenReadAsync(file, cancellationToken);
            if (zip.GetEntry(StoreEntry) is not { } entry)
            {
                throw new StartupException($"'{file}' is not a backup of this program: it holds no {StoreEntry}.");
            }

            await ExtractAsync(entry, part, cancellationToken);
            await CheckAsync(part, cancellationToken);
            // Only plain names, so that nothing in an archive can choose where it goes.
            var keys = zip.Entries.Where(key => key.FullName == $"{KeyFolder}{key.Name}"
                && key.Name.EndsWith(".xml", StringComparison.Ordinal)).ToList();
            Directory.CreateDirectory(KeyDirectory);
            foreach (var key in keys)
            {
                var path = Path.Combine(KeyDirectory, key.Name);
                laid.Add(path);
                await ExtractAsync(key, path, cancellationToken);
            }

            File.Move(part, store);
            isDone = true;
            return new BackupContents(keys.Count, new FileInfo(store).Length);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or SqliteException)
        {
            throw new StartupException($"The backup '{file}' cannot be restored: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            DeleteStore(part);
            if (!isDone)
            {
                // Keys without their store would keep a second try out.
                laid.ForEach(Delete);
            }
        }
    }

    private static void CopyStore(string store, string copy)
    {
        DeleteStore(copy);
        OpenPrivate(copy).Dispose();
        using var source = Connect(store, SqliteOpenMode.ReadWrite);
        using var target = Connect(copy, SqliteOpenMode.ReadWrite);
        source.BackupDatabase(target);
    }

    /// <summary>The copy is whole, and of no newer program than this.</summary>
    private static async Task CheckAsync(string store, CancellationToken cancellationToken)
    {
        await using var connection = Connect(store, SqliteOpenMode.ReadWrite);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA integrity_check(1)";
            if (await command.ExecuteScalarAsync(cancellationToken) is not "ok" and var damage)
            {
                throw new InvalidDataException($"SQLite finds the store damaged: {damage}");
            }
        }

        await using var context = new SqliteNotifyDbContext(new DbContextOptionsBuilder<SqliteNotifyDbContext>()
            .UseSqlite(connection).Options);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Count == 0)
        {
            throw new InvalidDataException("it is no store of this program.");
        }

        if (applied.Except(context.Database.GetMigrations()).Any())
        {
            throw new InvalidDataException("it was made by a newer version of this program. Use that one.");
        }
    }

    // The connection is not pooled: its file is moved as soon as it is closed.
    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode,
            Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static async Task ExtractAsync(ZipArchiveEntry entry, string file, CancellationToken cancellationToken)
    {
        await using var from = await entry.OpenAsync(cancellationToken);
        await using var to = OpenPrivate(file);
        await from.CopyToAsync(to, cancellationToken);
    }

    // Keys and secrets lie in it: for nobody but this account.
    private static FileStream OpenPrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    private static void DeleteStore(string file)
    {
        Delete(file);
        foreach (var side in SidesOf(file))
        {
            Delete(side);
        }
    }

    // What keeps it from tidying up has kept it from the work before, and that is what is told.
    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, under a name that nothing takes for a backup or a store.
        }
    }

    /// <summary>What SQLite keeps beside a store.</summary>
    private static IEnumerable<string> SidesOf(string store) => [$"{store}-wal", $"{store}-shm", $"{store}-journal"];

    private string[] Keys() => Directory.Exists(KeyDirectory) ? Directory.GetFiles(KeyDirectory, "*.xml") : [];

    private string StoreFile() => database.Provider == DatabaseProvider.Sqlite
        ? Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)
        : throw new StartupException(
            $"'backup' and 'restore' are for SQLite; Database:Provider is {database.Provider}. Use the server's own tools ({(database.Provider == DatabaseProvider.SqlServer ? "BACKUP DATABASE and RESTORE DATABASE" : "pg_dump and pg_restore")}): the key ring is in the database too.");
}
