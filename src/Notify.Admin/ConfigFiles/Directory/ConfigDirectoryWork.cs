using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Applies the files of the directory, at the start and when one changes. A file that is wrong changes nothing, and is looked at
/// again when it is another.</summary>
internal sealed class ConfigDirectoryWork(
    ConfigDirectory directory, IServiceProvider services, ProvisionedStore store, NamedLeases leases, WorkRegister works, TimeProvider time,
    ILogger<ConfigDirectoryWork> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const string Lease = "config-directory";

    // A large file on a slow store; the apply is one transaction, so a second instance could only wait for it.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(10);

    // Younger than this, somebody may still be writing it.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // A file system may not say that a file is another one: now and then they are read all the same.
    private static readonly TimeSpan LongestUnread = TimeSpan.FromMinutes(5);

    private static readonly WorkSchedule Schedule = new("config-directory", TimeSpan.FromSeconds(2)) { AtStart = true };

    private readonly long _token = Random.Shared.NextInt64(1, long.MaxValue);

    // What this instance has looked at: it acts on what changes here. Else two instances with two versions of a file, in the middle of a
    // roll-out, would go on applying one over the other.
    private Dictionary<string, string>? _seen;

    // The fingerprints of what was read, by what the file system said of it then.
    private readonly Dictionary<FileStamp, (string Hash, long At)> _read = [];

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_seen is not null && !directory.IsUsed)
        {
            return;
        }

        var look = await LookAsync(stopping);
        if (look is not { Gone.Count: 0, Changed.Count: 0 })
        {
            if (!await leases.TakeAsync(Lease, _token, LeaseLength, stopping))
            {
                return;
            }

            try
            {
                // Another instance may have done it before this one had the lease.
                look = await LookAsync(stopping);
                await ActAsync(look, stopping);
            }
            finally
            {
                await leases.ReleaseAsync(Lease, _token, CancellationToken.None);
            }
        }

        _seen = look.Hashes;
    }

    private async Task ActAsync(Look look, CancellationToken stopping)
    {
        foreach (var name in look.Gone)
        {
            await store.ForgetAsync(name, stopping);
            Logger.LogInformation("The configuration file {File} is gone: what came from it stays, and can be edited", name);
        }

        foreach (var name in look.Changed)
        {
            var (text, hash) = await directory.ReadAsync(name, stopping);
            await ApplyAsync(name, text, hash, stopping);
        }
    }

    private async Task<Look> LookAsync(CancellationToken stopping)
    {
        var known = (await store.ListFilesAsync(stopping)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var names = directory.IsUsed ? directory.List() : [];
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        List<string> changed = [];
        HashSet<FileStamp> stamps = [];
        foreach (var name in names)
        {
            var stamp = directory.StampOf(name);
            if (Time.GetUtcNow() - stamp.WrittenAt is var age && age >= TimeSpan.Zero && age < Settled)
            {
                continue;
            }

            stamps.Add(stamp);
            var hash = await HashAsync(name, stamp, stopping);
            hashes[name] = hash;
            // A start tries again what failed: what the file refers to may be there by now.
            if (_seen?.GetValueOrDefault(name) != hash
                && (known.GetValueOrDefault(name) is not { } last || last.Hash != hash || (_seen is null && last.Problem is not null)))
            {
                changed.Add(name);
            }
        }

        foreach (var old in _read.Keys.Where(stamp => !stamps.Contains(stamp)).ToList())
        {
            _read.Remove(old);
        }

        var gone = known.Keys.Except(names).Where(name => _seen?.ContainsKey(name) != false);
        return new Look([.. gone], changed, hashes);
    }

    private async Task<string> HashAsync(string name, FileStamp stamp, CancellationToken stopping)
    {
        if (!_read.TryGetValue(stamp, out var read) || Time.GetElapsedTime(read.At) > LongestUnread)
        {
            read = ((await directory.ReadAsync(name, stopping)).Hash, Time.GetTimestamp());
            _read[stamp] = read;
        }

        return read.Hash;
    }

    private async Task ApplyAsync(string name, string text, string hash, CancellationToken stopping)
    {
        var actor = new Actor(null, name, Roles.Admin, ConfigDirectoryOptions.Section);
        // Its kinds are good for one reading.
        var plan = (await services.GetRequiredService<ConfigService>().ProvisionAsync(name, hash, text, actor, stopping)).Plan;
        if (plan.Problems is [var first, ..])
        {
            Logger.LogError("The configuration file {File} was not applied (problems: {Problems}). Line {Line}: {Field} {Reason}",
                name, plan.Problems.Count, first.Line, first.Field, first.Reason);
            await store.TakeProblemAsync(
                new ProvisionedFile
                {
                    Name = name, Hash = hash, At = Time.GetUtcNow(), Problem = ForeignText.Line(first.ToString(), 1000),
                    Problems = plan.Problems.Count,
                }, stopping);
        }
        else
        {
            Logger.LogInformation("The configuration file {File} was applied: {Changes} changes", name, plan.Changes.Count);
        }
    }

    /// <param name="Hashes">Of every file that is here.</param>
    private sealed record Look(IReadOnlyList<string> Gone, IReadOnlyList<string> Changed, Dictionary<string, string> Hashes);
}
