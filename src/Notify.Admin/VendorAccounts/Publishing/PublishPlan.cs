using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.VendorAccounts;

/// <summary>One call that brings the vendor nearer to what is wanted.</summary>
internal enum PublishStep
{
    Create = 1,
    Update = 2,
    Switch = 3,
}

/// <summary>A setting that differs.</summary>
/// <param name="Field">As the trail calls it.</param>
/// <param name="There">At the vendor; null where it is not there yet.</param>
/// <param name="Here">What it becomes.</param>
public sealed record PublishChange(string Field, string? There, string Here);

/// <summary>What publishing would do.</summary>
/// <param name="There">What is at the vendor now; null where it has to be created.</param>
/// <param name="TakesOver">It was not published from here: one of its name and robot is there already, and is changed.</param>
/// <param name="IsRobotKnown">False where the vendor shows nothing of the robot by which it could be told.</param>
internal sealed record PublishPlan(
    VendorChatbot Wanted, VendorChatbot? There, bool TakesOver, bool IsRobotKnown, IReadOnlyList<PublishChange> Changes)
{
    public PublishStep? Next => There is null ? PublishStep.Create
        : Changes.Any(change => change.Field != Status) ? PublishStep.Update
        : Changes.Count > 0 ? PublishStep.Switch
        : null;

    public IReadOnlyList<PublishStep> Steps => Next switch
    {
        null => [],
        // What is created is on.
        PublishStep.Create => Wanted.IsOn ? [PublishStep.Create] : [PublishStep.Create, PublishStep.Switch],
        PublishStep.Update when Changes.Any(change => change.Field == Status) => [PublishStep.Update, PublishStep.Switch],
        var step => [step.Value],
    };

    /// <summary>Tells one plan from another: whoever agrees to it agrees to no other.</summary>
    public string Basis => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{ChatbotLink.Write(Wanted)}\n{(There is null ? "" : ChatbotLink.Write(There))}\n{string.Join('\n', Changes)}")).AsSpan(0, 16));

    /// <summary>All settings, as those of something that is not there yet.</summary>
    public IReadOnlyList<PublishChange> All =>
    [
        new("name", null, Wanted.Name), new("url", null, Wanted.Url), new("intervalTime", null, Number(Wanted.IntervalMinutes)),
        new("dingTalkLang", null, Wanted.Language), new("groupIdList", null, string.Join(", ", Wanted.GroupIds)),
        new("configList", null, Wanted.ConfigList), new(Status, null, Wanted.IsOn ? "1" : "0"),
    ];

    private const string Status = "status";

    /// <summary>Compares what is here with what is there.</summary>
    /// <param name="all">All chatbots of the account.</param>
    /// <param name="others">The vendor's ids that belong to other chatbots of ours.</param>
    public static PublishPlan Make(DingTalkChatbot chatbot, ChatbotLink link, IReadOnlyList<VendorChatbot> all, IReadOnlySet<int> others)
    {
        var wanted = VendorChatbot.Of(chatbot);
        var own = all.FirstOrDefault(there => there.Id == link.VendorId);
        // Creating answers no id. So whatever was created, by whomever and however it ended, is found by name and robot.
        var found = own ?? all.Where(there => !others.Contains(there.Id) && there.Name == wanted.Name
            && VendorChatbot.IsSameRobot(there, wanted) != false).MaxBy(there => there.Id);
        if (found is null)
        {
            return new PublishPlan(wanted, null, TakesOver: false, IsRobotKnown: true, []);
        }

        // What is shown of the robot may be equal by chance, or nothing: what was sent last is known for certain.
        var robot = VendorChatbot.IsSameRobot(found, wanted);
        var isSameRobot = robot != false && (link.PublishedRobot is { } sent ? sent == chatbot.Fingerprint : robot == true);
        return new PublishPlan(wanted, found, own is null, robot is not null, Compare(found, wanted, isSameRobot));
    }

    /// <summary>The settings that differ between two states of one chatbot.</summary>
    /// <param name="isSameRobot">Neither shows the robot whole.</param>
    public static IReadOnlyList<PublishChange> Compare(VendorChatbot there, VendorChatbot here, bool isSameRobot)
    {
        List<PublishChange> changes = [];
        Add("name", there.Name, here.Name, there.Name == here.Name);
        Add("url", there.Url, here.Url, isSameRobot && BaseOf(there.Url) == BaseOf(here.Url));
        Add("intervalTime", Number(there.IntervalMinutes), Number(here.IntervalMinutes), there.IntervalMinutes == here.IntervalMinutes);
        Add("dingTalkLang", there.Language, here.Language, there.Language == here.Language);
        Add("groupIdList", string.Join(", ", there.GroupIds), string.Join(", ", here.GroupIds),
            there.GroupIds.SequenceEqual(here.GroupIds));
        Add("configList", there.ConfigList, here.ConfigList, MeaningOf(there.ConfigList) == MeaningOf(here.ConfigList));
        Add(Status, there.IsOn ? "1" : "0", here.IsOn ? "1" : "0", there.IsOn == here.IsOn);
        return changes;

        void Add(string field, string before, string after, bool isSame)
        {
            if (!isSame)
            {
                changes.Add(new PublishChange(field, before, after));
            }
        }
    }

    private static string BaseOf(string url) => url.Split('?')[0];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The vendor reads rules back with another prefix than it was given, and the order of rules, keys and values means nothing.
    private static string MeaningOf(string json) => ConfigList.Parse(json).List is not { } list ? json
        : string.Join('\n', list.Rules.Select(rule => $"{rule.AlertType?.Suffix ?? rule.Type}: " + string.Join("; ",
            rule.Items.OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => $"{item.Key}={string.Join('|', item.Values.Order(StringComparer.Ordinal))}")))
            .Order(StringComparer.Ordinal));
}
