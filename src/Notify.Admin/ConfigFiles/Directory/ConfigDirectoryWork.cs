using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Applies the files of the directory, at the start and when one changes. A file that is wrong changes nothing, and is tried
/// again when it is another, after any that was applied, and now and then: what it waits for may be there by then.</summary>
internal sealed class ConfigDirectoryWork(
    ConfigDirectory directory, IServiceProvider services, ProvisionedStore store, NamedLeases leases, WorkRegister works, TimeProvider time,
    ILogger<ConfigDirectoryWork> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    public const string Lease = "config-directory";

    /// <summary>Taken anew for each file. So long nothing is applied after the process that had it was killed; where a file takes longer,
    /// another instance waits for its transaction, and finds it applied.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);

    // What keeps a file from being applied need not be in a file: a secret, the first Admin, what somebody makes on a page.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Younger than this, somebody may still be writing it.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // A file system may not say that a file is another one: now and then they are read all the same.
    private static readonly TimeSpan LongestUnread = TimeSpan.FromMinutes(5);

    private static readonly WorkSchedule Schedule = new("config-directory", TimeSpan.FromSeconds(2)) { AtStart = true };

    private readonly long _token = Random.Shared.NextInt64(1, long.MaxValue);

    // What this instance has looked at: it acts on what changes here. Else two instances with two versions of a file, in the middle of a
    // roll-out, would go on applying one over the other.
    private Dictionary<string, string>? _seen;

    // When this instance last tried what was wrong.
    private long _triedAt;

    // The fingerprints of what was read, by what the file system said of it then.
    private readonly Dictionary<FileStamp, (string Hash, long At)> _read = [];

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_seen is not null && !directory.IsUsed)
        {
            return;
        }

        var isDue = _seen is null || Time.GetElapsedTime(_triedAt) >= Patience;
        var look = await LookAsync(isDue, stopping);
        if (look is not { Gone.Count: 0, Changed.Count: 0 })
        {
            if (!await TakeLeaseAsync(stopping))
            {
                return;
            }

            try
            {
                // Another instance may have done it before this one had the lease.
                look = await LookAsync(isDue, stopping);
                if (!await ActAsync(look, stopping))
                {
                    return;
                }
            }
            finally
            {
                await leases.ReleaseAsync(Lease, _token, CancellationToken.None);
            }
        }

        _seen = look.Hashes;
        _triedAt = isDue ? Time.GetTimestamp() : _triedAt;
        if (look.Unread is [var first, ..])
        {
            throw new IOException(
                $"The configuration file {first} can no longer be read ({look.Unread.Count} of them). What came from it stays.",
                (await directory.ReadAsync(first, stopping)).Reading.Failure);
        }
    }

    private Task<bool> TakeLeaseAsync(CancellationToken stopping) => leases.TakeAsync(Lease, _token, LeaseLength, stopping);

    /// <returns>False where another instance has taken the work over.</returns>
    private async Task<bool> ActAsync(Look look, CancellationToken stopping)
    {
        foreach (var name in look.Gone)
        {
            await store.ForgetAsync(name, stopping);
            Logger.LogInformation("The configuration file {File} is gone: what came from it stays, and can be edited", name);
        }

        IReadOnlyList<string> names = look.Changed;
        var isOther = look.Gone.Count > 0;
        do
        {
            foreach (var name in names)
            {
                if (!await TakeLeaseAsync(stopping))
                {
                    return false;
                }

                isOther |= await ApplyAsync(name, stopping);
            }

            // What was refused may have waited for just that. Not what somebody may be writing now.
            names = isOther ? [.. (await store.ListFilesAsync(stopping)).Where(file => file.Problem is not null
                && !look.Unsettled.Contains(file.Name) && look.Hashes.GetValueOrDefault(file.Name) == file.Hash)
                .Select(file => file.Name)] : [];
            isOther = false;
        }
        while (names.Count > 0);

        return true;
    }

    /// <param name="isDue">What is wrong is tried again.</param>
    private async Task<Look> LookAsync(bool isDue, CancellationToken stopping)
    {
        var known = (await store.ListFilesAsync(stopping)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var names = directory.IsUsed ? directory.List() : [];
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        List<string> changed = [];
        List<string> unread = [];
        HashSet<string> unsettled = new(StringComparer.Ordinal);
        HashSet<FileStamp> stamps = [];
        foreach (var name in names)
        {
            var (last, stamp) = (known.GetValueOrDefault(name), directory.StampOf(name));
            if (stamp is not null && Time.GetUtcNow() - stamp.WrittenAt is var age && age >= TimeSpan.Zero && age < Settled)
            {
                // As it was seen before: one that goes before it has settled would else not be missed.
                if ((_seen is null ? last?.Hash : _seen.GetValueOrDefault(name)) is { } before)
                {
                    hashes[name] = before;
                }

                unsettled.Add(name);
                continue;
            }

            var hash = await HashAsync(name, stamp, stopping);
            if (hash == ConfigDirectory.Unread && last is { Problem: null })
            {
                // It counts as it was: applied once more when it can be read again, it would undo what was changed here meanwhile.
                unread.Add(name);
                hash = last.Hash;
            }

            hashes[name] = hash;
            if (stamp is not null)
            {
                stamps.Add(stamp);
            }

            // Only the version that failed is tried again: another instance may have another one.
            if (last?.Hash == hash ? isDue && last?.Problem is not null : _seen?.GetValueOrDefault(name) != hash)
            {
                changed.Add(name);
            }
        }

        foreach (var old in _read.Keys.Where(stamp => !stamps.Contains(stamp)).ToList())
        {
            _read.Remove(old);
        }

        var gone = known.Keys.Except(names).Where(name => _seen?.ContainsKey(name) != false);
        return new Look([.. gone], changed, hashes, unsettled, unread);
    }

    private async Task<string> HashAsync(string name, FileStamp? stamp, CancellationToken stopping)
    {
        if (stamp is null)
        {
            return ConfigDirectory.Unread;
        }

        if (!_read.TryGetValue(stamp, out var read) || Time.GetElapsedTime(read.At) > LongestUnread)
        {
            read = ((await directory.ReadAsync(name, stopping)).Hash, Time.GetTimestamp());
            if (read.Hash == ConfigDirectory.Unread)
            {
                // Nothing about the file need change for it to be readable.
                _read.Remove(stamp);
                return read.Hash;
            }

            _read[stamp] = read;
        }

        return read.Hash;
    }

    /// <returns>Whether it was applied.</returns>
    private async Task<bool> ApplyAsync(string name, CancellationToken stopping)
    {
        var (reading, hash) = await directory.ReadAsync(name, stopping);
        var last = (await store.ListFilesAsync(stopping)).FirstOrDefault(file => file.Name == name);
        var problems = reading.Text is { } text ? await ApplyAsync(name, hash, text, last, stopping) : [reading.Problem!];
        if (problems.Count > 0)
        {
            await TakeProblemAsync(name, hash, problems, reading.Failure, last, stopping);
        }

        return problems.Count == 0;
    }

    /// <returns>What is wrong with it.</returns>
    private async Task<IReadOnlyList<ConfigProblem>> ApplyAsync(
        string name, string hash, string text, ProvisionedFile? last, CancellationToken stopping)
    {
        var actor = new Actor(null, name, Roles.Admin, ConfigDirectoryOptions.Section);
        if (last?.Problem is not null && last.Hash == hash)
        {
            // What was wrong is tried again and again: without a turn among those who write.
            var tried = await ProvisioningScope.RunAsync(name,
                () => services.GetRequiredService<ConfigService>().PlanAsync(text, prune: false, actor, stopping));
            if (tried.Problems.Count > 0)
            {
                return tried.Problems;
            }
        }

        // Its kinds are good for one reading.
        var plan = (await services.GetRequiredService<ConfigService>().ProvisionAsync(name, hash, text, actor, stopping)).Plan;
        if (plan.Problems.Count == 0)
        {
            Logger.LogInformation("The configuration file {File} was applied: {Changes} changes", name, plan.Changes.Count);
        }

        return plan.Problems;
    }

    private async Task TakeProblemAsync(string name, string hash, IReadOnlyList<ConfigProblem> problems, Exception? failure,
        ProvisionedFile? last, CancellationToken stopping)
    {
        var (first, problem) = (problems[0], ForeignText.Line(problems[0].ToString(), 1000));
        if (_seen is not null && last?.Hash == hash && last.Problem == problem && last.Problems == problems.Count)
        {
            // It was tried again, and this was said before.
            return;
        }

        Logger.LogError(failure, "The configuration file {File} was not applied (problems: {Problems}). Line {Line}: {Field} {Reason}",
            name, problems.Count, first.Line, first.Field, first.Reason);
        await store.TakeProblemAsync(
            new ProvisionedFile { Name = name, Hash = hash, At = Time.GetUtcNow(), Problem = problem, Problems = problems.Count },
            stopping);
    }

    /// <param name="Hashes">Of every file that is here.</param>
    /// <param name="Unsettled">Somebody may still be writing them.</param>
    /// <param name="Unread">They were applied, and cannot be read now.</param>
    private sealed record Look(IReadOnlyList<string> Gone, IReadOnlyList<string> Changed, Dictionary<string, string> Hashes,
        IReadOnlySet<string> Unsettled, IReadOnlyList<string> Unread);
}
