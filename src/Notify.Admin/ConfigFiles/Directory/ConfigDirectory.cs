using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.ConfigFiles;

/// <summary>The files of the directory that is applied, on this machine.</summary>
internal sealed class ConfigDirectory(IOptions<ConfigDirectoryOptions> options)
{
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
    public FileStamp StampOf(string name)
    {
        var file = new FileInfo(PathOf(name));
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return new FileStamp(file.FullName, file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length);
    }

    /// <param name="name">One of <see cref="List"/>.</param>
    /// <returns>Its text, which is cut where it is larger than a file may be, and the fingerprint of that.</returns>
    public async Task<(string Text, string Hash)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(PathOf(name));
        var bytes = new byte[Math.Min(file.Length, ConfigService.MostBytes + 1)];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return (Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF'),
            Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))));
    }

    private string PathOf(string name) => Path.Combine(options.Value.Directory, name);
}

/// <summary>What the file system says about a file.</summary>
internal sealed record FileStamp(string Path, DateTimeOffset WrittenAt, DateTimeOffset CreatedAt, long Length);
