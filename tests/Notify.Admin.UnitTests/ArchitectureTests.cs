using System.Text.RegularExpressions;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests;

/// <summary>Which folder may name which, and what each role of file may use. Reads using lines and type names of the source: enough to keep
/// the shape, and a failure names the file and the rule.</summary>
public sealed partial class ArchitectureTests
{
    private const string Everything = "*";

    // What every feature that stores or shows anything may use.
    private static readonly string[] Common = ["Audit", "Background", "Data", "LiveForms", "LivePages", "Security", "Shared"];

    // Folder → the features it may name, besides Common. Anything not drawn is not allowed.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [""] = [Everything],                                    // Program registers; App and Routes show
        ["Accounts"] = ["Api", "Finding", "Layout", "Mail", "OutgoingCalls"], // implements the key lookup; its static pages choose their layout; sends one-time links; asks the provider of single sign-on
        ["Api"] = [],
        ["Audit"] = ["Api"],                                    // the trail for scripts
        ["Background"] = ["Channels", "Security"],              // says on the overview which work is failing, and to whom its page is open
        ["Bell"] = ["Channels", "Deliveries"],                  // what needs attention, above every page
        ["ChannelPages"] = ["Api", "Channels", "Deliveries", "DeliveryPolicies", "Finding", "Rules"], // what the pages of every kind of channel have in common; Deliveries: lists are sorted by how sending goes
        ["Channels"] = ["Rules", "Security"],                   // Security: what a vendor says is cleaned as it comes in. IncomingEvent lives here: events, deliveries and channels all read it. Rules: how a group id is spelled
        // The whole configuration as one file, over the services of what is in it.
        ["ConfigFiles"] = ["Accounts", "Api", "ChannelPages", "Channels", "Deliveries", "DeliveryPolicies", "DingTalk", "FunctionAccess",
            "Inhibitions", "RuleSets", "Rules", "Settings", "Slack", "SlackWorkspaces", "Sources", "Start", "VendorAccounts"],
        ["Coverage"] = ["Channels", "Deliveries", "DingTalk", "Events", "Rules", "Sources"], // asks all rules which events are heard
        // One list of every table.
        ["Data"] = ["Accounts", "Audit", "Channels", "Deliveries", "DingTalk", "Events", "FunctionAccess", "Inhibitions",
            "LiveForms", "LivePages", "RuleSets", "Slack", "SlackWorkspaces", "Sources", "VendorAccounts"],
        ["Deliveries"] = ["Api", "Channels", "Finding", "Metrics", "Rules"], // Rules: what an event is called
        ["Demo"] = [Everything],                                // examples of every feature, in one environment only
        ["DeliveryPolicies"] = ["Channels"],                    // one section in the form of every kind of channel
        ["DingTalk"] = ["ChannelPages", "Channels", "DeliveryPolicies", "Finding", "OutgoingCalls", "RuleBuilder", "Rules"],
        ["Events"] = ["Api", "Channels", "Deliveries", "Finding", "Metrics", "Rules"], // Rules: the closed lists that intake checks, and severity
        ["Finding"] = ["Channels"],                             // Ctrl+K: features say what of theirs is found, by its interface
        ["FunctionAccess"] = ["Api", "Channels", "Finding", "Slack", "SlackWorkspaces"],
        ["Inhibitions"] = ["Channels", "Finding", "RuleBuilder", "Rules"], // what is counted and not sent while a problem is open
        ["Layout"] = ["Bell", "Finding", "LivePages", "Shared", "Security"],
        ["LiveForms"] = [],                                     // what forms have in common whose typing survives a restart
        ["LivePages"] = [],                                     // what pages have in common that follow what they show
        ["Mail"] = [],                                          // the way to the mail server; what is written in a mail is the sender's
        ["Metrics"] = ["Api"],                                  // collects and shows; features own their instruments
        ["OutgoingCalls"] = [],                                      // the way to the vendors: through a proxy, or without
        ["Overview"] = ["Channels", "Deliveries", "Events"], // the dashboard sums features up
        ["RuleBuilder"] = ["Channels", "Deliveries", "Rules"],  // the editor of rules: components over the pure Rules; Deliveries: how long events are kept
        // Own rules that channels share. ChannelPages: how the API reads own rules; Deliveries: counts what a change would have meant.
        ["RuleSets"] = ["Api", "ChannelPages", "Channels", "Deliveries", "Finding", "RuleBuilder", "Rules"],
        ["Rules"] = [],
        ["Security"] = [],
        ["SecurityCenter"] = ["Api", "DingTalk", "Rules"], // the vendor's API over chatbots: a protocol of its own beside them
        ["Settings"] = [],
        ["Shared"] = ["Channels"],                  // badges of states and severities
        // Rules: what an event is called.
        ["Slack"] = ["Api", "ChannelPages", "Channels", "DeliveryPolicies", "Finding", "OutgoingCalls", "RuleBuilder", "Rules"],
        ["Sources"] = ["Api", "Channels", "Events", "Finding", "Rules", "VendorAccounts"], // what other tools post, as events
        ["Start"] = [],                                         // the command line
        ["StoredSecrets"] = ["Channels"],              // says on the overview what has lost its key
        ["VendorAccounts"] = ["Api", "ChannelPages", "Channels", "DingTalk", "OutgoingCalls", "Rules", "SecurityCenter", "Slack"], // keys at the vendors; SecurityCenter: the same signature, from the other side
        ["WhereTo"] = ["Api", "Channels", "Deliveries", "DingTalk", "Events", "Rules", "Slack", "Sources"], // asks of all how one event would fare, and draws its messages
        // What people ask for by buttons in Slack: who they are here, and whether they may.
        ["SlackButtons"] = ["Accounts", "Channels", "Deliveries", "Slack", "SlackWorkspaces"],
        ["SlackWorkspaces"] = ["Api", "Channels", "OutgoingCalls", "Slack"], // the client and the codes; what Slack needs of a workspace it declares itself
    };

    // Files directly in one folder; a component counts once.
    private const int MostFilesInARoom = 26;

    private static readonly Dictionary<string, string> LargeRooms = new()
    {
        ["Deliveries/Queue"] = "one queue: its parts are read together",
        ["Shared"] = "a shelf of small parts, found by name",
    };

    // These say less than Common: pure, or below every feature.
    private static readonly string[] WithoutCommon = ["Background", "Rules", "Security", "Shared", "Layout", "Channels"];

    private static readonly Dictionary<string, string> EntityFrameworkBesideStores = new()
    {
        ["Api/ApiExceptionHandler.cs"] = "tells an unreachable store from a defect",
        ["LivePages/Choices/PersonChoiceService.cs"] = "one row for each choice of a person, and nothing else",
        ["LiveForms/FormDraftService.cs"] = "one row for each open form, and nothing else",
        ["Demo/DemoAccess.cs"] = "its rows for the seeder",
        ["Demo/DemoAccounts.cs"] = "its rows for the seeder",
        ["Demo/DemoSources.cs"] = "finds the channel to bind",
        ["Demo/DemoSeeder.cs"] = "fills an empty store before anything reads it",
    };

    // The queue: statements that claim, fence and count in one transaction, split over files by what they do. They are stores by another
    // name.
    private static readonly string[] QueueFiles =
    [
        "Deliveries/DeliveryParts.cs", "Deliveries/SqliteDeliveryParts.cs",
        "Deliveries/Queue/DeliveryQueue.cs", "Deliveries/History/DeliveryScope.cs", "Deliveries/Queue/LaneHealth.cs",
            "Deliveries/Queue/LaneCommits.cs", "Deliveries/Queue/LaneOutbox.cs", "Deliveries/Queue/LaneOutbox.Holding.cs",
            "Deliveries/Queue/LaneOutbox.Inhibitions.cs", "Deliveries/Queue/LaneOutbox.Outage.cs",
            "Deliveries/Queue/LaneOutbox.Problems.cs", "Deliveries/Queue/LaneOutbox.Revisions.cs",
            "Deliveries/Queue/LaneOutbox.Mutes.cs", "Deliveries/Queue/LaneSql.cs",
        "Deliveries/Queue/ILaneRows.cs", "Deliveries/Queue/LaneWaker.cs", "Deliveries/Queue/PastPartitions.cs",
        "Deliveries/Queue/PostgresLaneRows.cs",
        "Deliveries/Queue/SqliteLaneRows.cs", "Deliveries/Queue/SqliteLaneWriter.cs", "Deliveries/Queue/SqlServerLaneRows.cs",
        "Events/Intake/EventIntake.cs", "Events/Intake/EventWriter.cs", "Events/Intake/IEventKeys.cs", "Events/Intake/IEventRows.cs",
        "Events/Intake/IntakeContexts.cs", "Events/Intake/PostgresEventKeys.cs", "Events/Intake/PostgresEventRows.cs",
        "Events/Intake/SqliteEventKeys.cs",
        "Events/Intake/SqliteEventRows.cs",
        "Events/Intake/SqlServerEventKeys.cs", "Events/Intake/SqlServerEventRows.cs",
    ];

    // Real pauses: they pace real work, and under a test's clock they would never end.
    private static readonly string[] RealPauses = ["Data/Sqlite/SqliteCheckpoints.cs",
        "Deliveries/Queue/DeliveryWorker.cs", "Deliveries/Queue/LaneWaker.cs", "Events/Intake/CommitHealth.cs",
        "Events/Intake/EventIntake.cs", "FunctionAccess/Converging/AccessWorker.cs"];

    private static readonly Source[] Product = Read("src/Notify.Admin");

    [Fact]
    public void Folders_NameOnlyWhatIsDrawn()
    {
        var folders = Product.Select(source => source.Folder).ToHashSet();

        var broken =
            from source in Product
            from named in source.NamedFolders.Where(folders.Contains)
            where named != source.Folder && !MayName(source.Folder, named)
            select $"{source.Path}: {Shown(source.Folder)} may not use {named}";

        broken.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Folders_AllHaveARule() =>
        Product.Select(source => source.Folder).Distinct().Where(folder => !Arrows.ContainsKey(folder))
            .Select(folder => $"{folder}: a new folder needs its line in {nameof(Arrows)}").ShouldBeEmpty();

    [Fact]
    public void Folders_UseEveryArrowThatIsDrawn()
    {
        var used = Product.SelectMany(source => source.NamedFolders.Select(named => (source.Folder, named))).ToHashSet();

        var unused =
            from arrow in Arrows
            from named in arrow.Value
            where named != Everything && !used.Contains((arrow.Key, named))
            select $"{arrow.Key} → {named}: drawn, but no code uses it";

        unused.ShouldBeEmpty();
    }

    // Data names every table's entity, the top folder and Demo everything: of these alone a circle may be made.
    [Fact]
    public void Folders_NameEachOtherInNoCircle()
    {
        var arrows = Product.Where(source => source.Folder is not ("" or "Data" or "Demo"))
            .SelectMany(source => source.NamedFolders.Where(named => named is not ("Data" or "Demo") && named != source.Folder)
                .Select(named => (source.Folder, named)))
            .Distinct().ToLookup(arrow => arrow.Folder, arrow => arrow.named);

        var circles = arrows.Where(from => Reached(from.Key).Contains(from.Key)).Select(from => $"{from.Key} → … → {from.Key}");

        circles.ShouldBeEmpty();

        HashSet<string> Reached(string from)
        {
            HashSet<string> reached = [];
            var next = new Stack<string>(arrows[from]);
            while (next.TryPop(out var folder))
            {
                if (reached.Add(folder))
                {
                    foreach (var named in arrows[folder])
                    {
                        next.Push(named);
                    }
                }
            }

            return reached;
        }
    }

    [Fact]
    public void Rooms_StaySmallEnoughToBeReadAtAGlance() =>
        Product.GroupBy(source => source.Directory)
            .Where(room => !LargeRooms.ContainsKey(room.Key)
                && room.Count(source => !source.Name.EndsWith(".razor.cs", StringComparison.Ordinal)) > MostFilesInARoom)
            .Select(room => $"{room.Key}: {room.Count()} files; split it by what people would look for").ShouldBeEmpty();

    [Fact]
    public void Services_DoNotUseBlazor() => ShouldHold(
        "only components, Layout and Shared use Blazor types",
        source => !source.IsComponent && source.Folder is not ("Layout" or "Shared" or "")
        && !source.Name.EndsWith("Extensions.cs", StringComparison.Ordinal)
            // Ends the open pages of a disabled person, and counts them; and the addresses of the pages that come first. Knows who is seen.
            && source.Path is not ("LivePages/PageFeed.cs" or "Accounts/SignIn/OpenPageSession.cs" or "Accounts/SignIn/OpenPages.cs"
                or "Accounts/SignIn/OpenPageLimit.cs" or "Accounts/FirstStart/SetupRedirect.cs" or "Accounts/SignIn/TwoFactorGate.cs"),
        Blazor());

    [Fact]
    public void Components_CallServicesOnly() => ShouldHold(
        "components use no store, database or HTTP client: they call a service", source => source.IsComponent, StoreOrHttp());

    [Fact]
    public void EntityFramework_OnlyInStoresMappingsAndData() => ShouldHold(
        "only …Store, …Mapping, Data and Accounts (Identity) use EF",
        source => source.Folder is not ("Data" or "Accounts") && !source.Name.EndsWith("Store.cs", StringComparison.Ordinal)
            && !source.Name.EndsWith("Mapping.cs", StringComparison.Ordinal) && !QueueFiles.Contains(source.Path)
            && !EntityFrameworkBesideStores.ContainsKey(source.Path),
        EntityFramework());

    [Fact]
    public void HttpClient_OnlyInClientsAndRegistration() => ShouldHold(
        "only …Client and registration files use HttpClient",
        source => !source.Name.EndsWith("Client.cs", StringComparison.Ordinal)
        && !source.Name.EndsWith("Extensions.cs", StringComparison.Ordinal),
        Http());

    [Fact]
    public void Rules_UseOnlyTheBaseLibrary() => ShouldHold(
        "the rules use nothing but the base library", source => source.Folder == "Rules", NotBaseLibrary());

    // The rest of the rules of time are BannedSymbols.txt's, in the build; which file registers a clock it cannot know.
    [Fact]
    public void SystemClock_OnlyInRegistrations() => ShouldHold(
        "TimeProvider.System is named only where it is registered",
        source => !source.Name.EndsWith("Extensions.cs", StringComparison.Ordinal) && !RealPauses.Contains(source.Path),
        SystemClock());

    [Fact]
    public void Pages_ThatCannotRefresh_SayIt() => ShouldHold(
        "a component follows changes by PageFeed, and a failed refresh goes to DispatchExceptionAsync", source => source.IsComponent, RefreshUnseen());

    // Its token is still read by what ends after the component: a handler that waits while a save draws another in its place.
    [Fact]
    public void Components_LeaveTheirTokenSourceToTheCollector() => ShouldHold(
        "a component cancels its token source and does not dispose it", source => source.IsComponent, TokenSourceDisposed());

    [Fact]
    public void Logs_HoldTheExceptionItself() => ShouldHold(
        "an exception is logged itself: the redactor is between it and every sink", _ => true, ReasonInLog());

    [Fact]
    public void Configuration_OnlyReadAtStart() => ShouldHold(
        "configuration is read through options",
        source => source.Name != "Program.cs" && !source.Name.EndsWith("Extensions.cs", StringComparison.Ordinal)
        && !source.Name.EndsWith("Options.cs", StringComparison.Ordinal)
            // What is wrong with it, in words; and which settings it fixes, for the page that shows them read-only.
            && source.Path != "Data/StartupProblem.cs" && source.Folder != "Settings",
        Configuration());

    private static bool MayName(string folder, string named) =>
        !Arrows.TryGetValue(folder, out var allowed) || allowed.Contains(Everything) || allowed.Contains(named)
        || (Common.Contains(named) && !WithoutCommon.Contains(folder)) || (folder == "Channels" && named == "Security");

    private static void ShouldHold(string rule, Func<Source, bool> about, Regex forbidden) =>
        (from source in Product
         where about(source)
         let found = forbidden.Match(source.Code)
         where found.Success
         select $"{source.Path}: {rule} (found: {found.Value.Trim()})").ShouldBeEmpty();

    private static string Shown(string folder) => folder.Length == 0 ? "the top folder" : folder;

    private static Source[] Read(string folder)
    {
        var top = Repository.At(folder);
        return
        [
            .. from file in Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories)
               where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
               let path = Path.GetRelativePath(top, file).Replace('\\', '/')
               where !Generated().IsMatch(path)
               select new Source(path, Comment().Replace(File.ReadAllText(file), "")),
        ];
    }

    private sealed record Source(string Path, string Code)
    {
        public string Folder { get; } = Path.Contains('/', StringComparison.Ordinal)
            ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

        public string Directory { get; } = Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

        public string Name { get; } = Path[(Path.LastIndexOf('/') + 1)..];

        public bool IsComponent { get; } = Path.EndsWith(".razor", StringComparison.Ordinal)
            || Path.EndsWith(".razor.cs", StringComparison.Ordinal)
            || ComponentClass().IsMatch(Code);

        public IEnumerable<string> NamedFolders => Named().Matches(Code).Select(match => match.Groups[1].Value).Distinct();
    }

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|Migrations)/|\.Designer\.cs$")]
    private static partial Regex Generated();

    // Only whole lines: enough, and it leaves addresses in strings alone.
    [GeneratedRegex(@"^\s*(//.*|@\*.*\*@\s*)$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<!namespace )Notify\.Admin\.([A-Z]\w*)")]
    private static partial Regex Named();

    [GeneratedRegex(@" : (ComponentBase|LivePage|LiveForm|ListPage)\b")]
    private static partial Regex ComponentClass();

    [GeneratedRegex(@"using (Microsoft\.AspNetCore\.Components|MudBlazor)[\w.]*;|\b(ComponentBase|NavigationManager|IJSRuntime|EventCallback)\b")]
    private static partial Regex Blazor();

    [GeneratedRegex(@"(?<![.\w""])(?!ValidationMessageStore)[A-Z]\w*Store\b(?!\()|\bHttpClient\b|\bIHttpClientFactory\b|DbContext\b|\bIDbContextFactory\b|using Microsoft\.EntityFrameworkCore\b")]
    private static partial Regex StoreOrHttp();

    [GeneratedRegex(@"using Microsoft\.EntityFrameworkCore\b|\bIDbContextFactory\b|\bDbSet<|\bNotifyDbContext\b")]
    private static partial Regex EntityFramework();

    [GeneratedRegex(@"\b(HttpClient|IHttpClientFactory)\b")]
    private static partial Regex Http();

    [GeneratedRegex(@"using (Microsoft|MudBlazor|Npgsql|Notify\.Admin\.(?!Rules\b))[\w.]*;|\b(HttpContext|ILogger)\b")]
    private static partial Regex NotBaseLibrary();

    [GeneratedRegex(@"\bTimeProvider\.System\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bLog(Trace|Debug|Information|Warning|Error|Critical)?\([^;]*?(GetType\(\)\.Name|\.Message\b)")]
    private static partial Regex ReasonInLog();

    [GeneratedRegex(@"\bChangeFeed\b|\.Follow\([^;]*InvokeAsync\((?![^;]*DispatchExceptionAsync)")]
    private static partial Regex RefreshUnseen();

    [GeneratedRegex(@"\b(_stop|_disposal)\.Dispose\(\)")]
    private static partial Regex TokenSourceDisposed();

    [GeneratedRegex(@"\bIConfiguration(Root|Section)?\b")]
    private static partial Regex Configuration();
}
