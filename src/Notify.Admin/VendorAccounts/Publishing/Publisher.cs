using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Carries out an order: reads what is there, makes the one call that is due, and reads again, until nothing differs. So an order
/// whose process was killed, or whose answer was lost, is taken up at any point: nothing is done twice that is there already.</summary>
internal sealed class Publisher(ChatbotLinkStore store, VendorChatbots vendor, DingTalkChatbotService chatbots, NamedLeases leases,
    SecretProtector protector, AuditTrail trail, TimeProvider time)
{
    public const string PublishAction = "dingtalk-chatbot.publish";
    public const string RemoveAction = "dingtalk-chatbot.unpublish";

    // Read, create, read, switch, read; the rest is for answers that were lost.
    private const int MostRounds = 8;
    private const int MostLostAnswers = 2;

    // Longer than two calls, since it is kept before each.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    private static string SubjectKind => AuditedChannel.KindOf(ChannelKind.DingTalk);

    /// <summary>Carries it out, unless another order of the same account is being carried out: two at once could take each other's new
    /// chatbot for their own.</summary>
    /// <returns>False where it is left for later.</returns>
    internal async Task<bool> RunAsync(PublishRun run, Actor actor, CancellationToken cancellationToken)
    {
        var lease = string.Create(CultureInfo.InvariantCulture, $"publish-{run.AccountId}");
        var token = Leases.NewToken();
        if (!await leases.TakeAsync(lease, token, LeaseLength, cancellationToken))
        {
            return false;
        }

        try
        {
            if (await store.IsOpenAsync(run.Id, cancellationToken))
            {
                await FinishAsync(run, actor, () => leases.TakeAsync(lease, token, LeaseLength, cancellationToken), cancellationToken);
            }

            return true;
        }
        finally
        {
            await leases.ReleaseAsync(lease, token, CancellationToken.None);
        }
    }

    private async Task FinishAsync(PublishRun run, Actor actor, Func<Task<bool>> keep, CancellationToken cancellationToken)
    {
        List<PublishChange> made = [];
        var (isDone, answer) = await ConvergeAsync(run, made, keep, cancellationToken);
        var name = (await store.FindAsync(run.ChatbotId, cancellationToken))?.Name;
        var entry = trail.Entry(actor, run.Removes ? RemoveAction : PublishAction,
            new AuditSubject(SubjectKind, run.ChatbotId.ToString(CultureInfo.InvariantCulture), name),
            isDone ? [.. made.Select(change => new FieldChange(change.Field, change.There, change.Here))]
                : [new FieldChange("verdict", null, answer.Code)],
            isDone ? AuditResult.Done : AuditResult.Failed);
        await store.EndAsync(run.Id, row =>
        {
            (row.State, row.EndedAt) = (isDone ? PublishState.Done : PublishState.Failed, time.GetUtcNow());
            (row.Code, row.Detail, row.RequestId) = isDone ? (null, null, null) : (answer.Code, answer.Message, answer.RequestId);
        }, entry, cancellationToken);
        if (isDone && run.Removes)
        {
            await store.RemoveAsync(run.ChatbotId, null, cancellationToken);
        }
    }

    private async Task<(bool IsDone, VendorAnswer Answer)> ConvergeAsync(PublishRun run, List<PublishChange> made, Func<Task<bool>> keep,
        CancellationToken cancellationToken)
    {
        (PublishStep Step, VendorAnswer Answer)? last = null;
        var lost = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            if (!await keep())
            {
                throw new InvalidOperationException("Another instance has taken the account over.");
            }

            if (await store.FindAsync(run.ChatbotId, cancellationToken) is not { } link)
            {
                return (false, new VendorAnswer(VendorCodes.LinkGone));
            }

            var (read, all) = await vendor.ListAsync(run.AccountId, cancellationToken);
            if (!read.IsAccepted)
            {
                return (false, read);
            }

            var (isOver, verdict, step) = run.Removes
                ? await RemoveAsync(run, link, all, cancellationToken)
                : await PublishAsync(run, link, all, last, made, cancellationToken);
            if (isOver)
            {
                return (verdict.IsAccepted, verdict);
            }

            if (!verdict.IsAccepted && (!VendorCodes.IsUnknownOutcome(verdict.Code) || ++lost > MostLostAnswers))
            {
                return (false, verdict);
            }

            last = (step, verdict);
        }

        return (false, new VendorAnswer(VendorCodes.NotTaken));
    }

    private async Task<(bool IsOver, VendorAnswer Answer, PublishStep Step)> RemoveAsync(
        PublishRun run, ChatbotLink link, IReadOnlyList<VendorChatbot> all, CancellationToken cancellationToken) =>
        all.FirstOrDefault(there => there.Id == link.VendorId) is { } there
            ? (false, await vendor.DeleteAsync(run.AccountId, there.Id, cancellationToken), default)
            : (true, new VendorAnswer(VendorCodes.Accepted), default);

    private async Task<(bool IsOver, VendorAnswer Answer, PublishStep Step)> PublishAsync(
        PublishRun run, ChatbotLink link, IReadOnlyList<VendorChatbot> all, (PublishStep Step, VendorAnswer Answer)? last,
        List<PublishChange> made, CancellationToken cancellationToken)
    {
        if (await chatbots.FindAsync(run.ChatbotId, Actor.System, cancellationToken) is not { } chatbot)
        {
            return (true, new VendorAnswer(VendorCodes.LinkGone), default);
        }

        var others = (await store.ListAsync(run.AccountId, cancellationToken))
            .Where(other => other.ChatbotId != run.ChatbotId).Select(other => other.VendorId).OfType<int>().ToHashSet();
        var plan = PublishPlan.Make(chatbot, link, all, others);
        await store.ChangeAsync(run.ChatbotId, row => row.See(plan.There, time.GetUtcNow()), cancellationToken);
        if (run.Wanted != ChatbotLink.Write(plan.Wanted) || run.WantedRobot != chatbot.Fingerprint)
        {
            return (true, new VendorAnswer(VendorCodes.ChangedSince), default);
        }

        if (plan.Next is not { } step)
        {
            await store.ChangeAsync(run.ChatbotId, row => row.TakePublished(plan.Wanted, chatbot.Fingerprint, plan.There!.Id),
                cancellationToken);
            return (true, new VendorAnswer(VendorCodes.Accepted), default);
        }

        if (last is { Answer.IsAccepted: true } && last.Value.Step == step)
        {
            var fields = string.Join(", ", plan.Changes.Select(change => change.Field));
            return (true, new VendorAnswer(VendorCodes.NotTaken) { Message = fields }, step);
        }

        if (made.Count == 0)
        {
            made.AddRange(plan.There is null ? plan.All : plan.Changes);
        }

        var answer = await CallAsync(run.AccountId, step, plan, chatbot, cancellationToken);
        if (answer.IsAccepted && step is PublishStep.Create or PublishStep.Update)
        {
            await store.ChangeAsync(run.ChatbotId, row => row.PublishedRobot = chatbot.Fingerprint, cancellationToken);
        }

        return (false, answer, step);
    }

    private async Task<VendorAnswer> CallAsync(int account, PublishStep step, PublishPlan plan, DingTalkChatbot chatbot,
        CancellationToken cancellationToken)
    {
        if (step == PublishStep.Switch)
        {
            return await vendor.SwitchAsync(account, plan.There!.Id, plan.Wanted.IsOn, cancellationToken);
        }

        try
        {
            var webhook = $"{chatbot.WebhookBase}?{WebhookUrl.TokenParameter}={protector.Unprotect(chatbot.AccessToken)}";
            return await vendor.SaveAsync(account, plan.There?.Id, plan.Wanted, webhook, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return new VendorAnswer(VendorCodes.WebhookUnreadable);
        }
    }
}
