using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.ConfigFiles;

/// <summary>The files of the directory that is applied, on this machine.</summary>
internal sealed class ConfigDirectory(IOptions<ConfigDirectoryOptions> options)
{
    /// <summary>In the place of a fingerprint where a file cannot be read.</summary>
    public const string Unread = "";

    private static readonly string[] Endings = [".yaml", ".yml"];

    public bool IsUsed => options.Value.Directory.Length > 0;

    /// <summary>Their names, in the order in which they are applied.</summary>
    public IReadOnlyList<string> List() =>
    [
        .. Directory.EnumerateFiles(options.Value.Directory).Select(path => Path.GetFileName(path))
            .Where(name => Endings.Contains(Path.GetExtension(name)) && name[0] != '.' && name.Length <= ProvisionedFile.LongestName)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Tells without reading it whether it may be another file than before. What a link leads to counts: a mounted ConfigMap
    /// changes by its links.</summary>
    /// <returns>Null where the file system cannot say, as of a link that leads nowhere.</returns>
    public FileStamp? StampOf(string name)
    {
        try
        {
            var file = new FileInfo(PathOf(name));
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return new FileStamp(file.FullName, file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file by its name; null where this machine does not have it.</summary>
    public async Task<ConfigReading?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return IsUsed && List().Contains(name) ? (await ReadAsync(name, cancellationToken)).Reading : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The directory itself.
            return ConfigReading.Unread(e);
        }
    }

    /// <param name="name">One of <see cref="List"/>.</param>
    /// <returns>With the fingerprint of as much as a file may hold, or <see cref="Unread"/>.</returns>
    public async Task<(ConfigReading Reading, string Hash)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(PathOf(name));
            var bytes = new byte[Math.Min(file.Length, ConfigService.MostBytes + 1)];
            var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return (ConfigBytes.Read(bytes.AsSpan(0, length)), Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (ConfigReading.Unread(e), Unread);
        }
    }

    private string PathOf(string name) => Path.Combine(options.Value.Directory, name);
}

/// <summary>What the file system says about a file.</summary>
internal sealed record FileStamp(string Path, DateTimeOffset WrittenAt, DateTimeOffset CreatedAt, long Length);
