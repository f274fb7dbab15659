using System.Globalization;
using System.Text;
using Notify.Admin.Settings;
using Notify.Admin.Start;

namespace Notify.Admin.ConfigFiles;

/// <summary><c>config export|plan|apply FILE</c>. Ends with 0 where nothing is to be changed or all was, 2 where a plan has changes, 1
/// where something is wrong.</summary>
internal static class ConfigCommand
{
    public const int Failed = 1;
    public const int HasChanges = 2;

    /// <summary>The file that is standard output or input.</summary>
    private const string Standard = "-";

    /// <summary>Through the API of the running product that <c>--url</c> names.</summary>
    public static async Task<int> RunRemoteAsync(
        CommandLine command, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(command.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            errors.WriteLine("Notify.Admin: --url must be an address such as http://localhost:5080");
            return Failed;
        }

        if (Environment.GetEnvironmentVariable("NOTIFY_API_KEY") is not { Length: > 0 } key)
        {
            errors.WriteLine("Notify.Admin: set NOTIFY_API_KEY to an Admin's API key with the scope full.");
            return Failed;
        }

        using var door = new ConfigApiClient(address, key);
        return await RunAsync(command, door, output, errors, cancellationToken);
    }

    /// <summary>On the store that the configuration names; it is prepared already.</summary>
    public static async Task<int> RunOnStoreAsync(
        CommandLine command, IServiceProvider services, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        // Nothing is hosted here that would have loaded them.
        await services.GetRequiredService<SettingsService>().ReloadAsync(cancellationToken);
        return await RunAsync(command, new StoreDoor(services.GetRequiredService<ConfigService>()), output, errors, cancellationToken);
    }

    public static async Task<int> RunAsync(
        CommandLine command, IConfigDoor door, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            if (command.Task == ProgramTask.ConfigExport)
            {
                var exported = await door.ExportAsync(cancellationToken);
                await (command.File == Standard ? output.WriteAsync(exported)
                    : File.WriteAllTextAsync(command.File, exported, new UTF8Encoding(false), cancellationToken));
                return 0;
            }

            var read = ConfigBytes.Read(await ReadAsync(command.File, cancellationToken));
            if (read.Text is not { } text)
            {
                return Refuse(CommandPlan.Refused($"{read.Problem}"), errors);
            }

            var plan = await door.PlanAsync(text, command.Prune, cancellationToken);
            if (plan.Problems.Count > 0)
            {
                return Refuse(plan, errors);
            }

            Print(plan, output);
            if ((plan.Changes.Count == 0 && !plan.Comments) || command.Task == ProgramTask.ConfigPlan)
            {
                return plan.Changes.Count == 0 ? 0 : HasChanges;
            }

            var applied = await door.ApplyAsync(text, command.Prune, plan.Basis, cancellationToken);
            if (applied.Problems.Count > 0)
            {
                return Refuse(applied, errors);
            }

            foreach (var address in applied.Addresses)
            {
                output.WriteLine($"The source {address.Source} is posted to at {address.Url}");
            }

            output.WriteLine("Applied.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or ConfigCommandException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            errors.WriteLine($"Notify.Admin: {e.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != Standard)
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }

        await using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static int Refuse(CommandPlan plan, TextWriter errors)
    {
        foreach (var problem in plan.Problems)
        {
            errors.WriteLine(problem);
        }

        errors.WriteLine("Nothing was changed.");
        return Failed;
    }

    private static void Print(CommandPlan plan, TextWriter output)
    {
        foreach (var change in plan.Changes)
        {
            output.WriteLine($"{SignOf(change.Action)} {change.Section} {change.Name}");
            foreach (var field in change.Fields)
            {
                output.WriteLine(change.Action == "create" ? $"    {field.Field}: {field.After}"
                    : $"    {field.Field}: {field.Before ?? "default"} → {field.After ?? "default"}");
            }

            foreach (var line in EffectOf(change))
            {
                output.WriteLine($"    {line}");
            }
        }

        string Count(string action) => plan.Changes.Count(change => change.Action == action).ToString(CultureInfo.InvariantCulture);
        output.WriteLine(plan.Changes.Count == 0 ? plan.Comments ? "Nothing to change but comments." : "Nothing to change."
            : $"{Count("create")} to create, {Count("change")} to change, {Count("delete")} to delete.");
        if (plan.Kept > 0)
        {
            output.WriteLine($"{plan.Kept.ToString(CultureInfo.InvariantCulture)} that the file does not name stay; --prune deletes them.");
        }
    }

    private static IEnumerable<string> EffectOf(ConfigChangeAnswer change)
    {
        if (change.Effect is { Ended: > 0 and var ended })
        {
            yield return $"Ends {ended.ToString(CultureInfo.InvariantCulture)} waiting deliveries.";
        }

        if (change.Effect?.Sending is { } rates)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Per day over the last {ConfigEffects.Days} days: {rates.EventsNow} → {rates.EventsThen} events, ")
                + string.Create(CultureInfo.InvariantCulture, $"{rates.MessagesNow} → {rates.MessagesThen} messages.");
        }
    }

    private static char SignOf(string action) => action switch
    {
        "create" => '+',
        "delete" => '-',
        _ => '~',
    };
}
