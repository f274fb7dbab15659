using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>What people do about publishing chatbots. Every call checks the actor's policy.</summary>
internal sealed class PublishService(ChatbotLinkStore store, VendorAccountStore accounts, VendorChatbots vendor, Publisher publisher,
    DingTalkChatbotService chatbots, AuditTrail trail, TimeProvider time)
{
    private static string SubjectKind => AuditedChannel.KindOf(ChannelKind.DingTalk);

    /// <summary>How a chatbot is published; null where it is not linked.</summary>
    public async Task<PublishView?> FindAsync(int chatbot, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.FindAsync(chatbot, cancellationToken) is { } link
            && await accounts.FindAsync(link.AccountId, cancellationToken) is { } account
            ? new PublishView(link, account.Name,
                PublishStandings.Of(link, await chatbots.FindAsync(chatbot, actor, cancellationToken)),
                await store.FindLastAsync(chatbot, cancellationToken))
            : null;
    }

    /// <summary>The accounts to choose from, by id.</summary>
    public async Task<IReadOnlyDictionary<int, string>> ListAccountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return (await accounts.ListAsync(cancellationToken)).ToDictionary(account => account.Id, account => account.Name);
    }

    /// <summary>The links of an account whose chatbots were deleted here.</summary>
    public async Task<IReadOnlyList<ChatbotLink>> ListGoneAsync(int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        List<ChatbotLink> gone = [];
        foreach (var link in await store.ListAsync(account, cancellationToken))
        {
            if (await chatbots.FindAsync(link.ChatbotId, actor, cancellationToken) is null)
            {
                gone.Add(link);
            }
        }

        return gone;
    }

    /// <summary>Links a chatbot to an account; nothing is published by it.</summary>
    /// <returns>False where it is linked already, or one of the two is gone.</returns>
    public async Task<bool> LinkAsync(int chatbot, int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var now = time.GetUtcNow();
        return await chatbots.FindAsync(chatbot, actor, cancellationToken) is { } found
            && await accounts.FindAsync(account, cancellationToken) is { } chosen
            && await store.AddAsync(
                new ChatbotLink
                {
                    ChatbotId = chatbot, AccountId = account, Name = found.Name, NextReadAt = now + PublishWork.DriftEvery, CreatedAt = now,
                },
                trail.Entry(actor, "dingtalk-chatbot.link", SubjectOf(chatbot, found.Name),
                    [new FieldChange("account", null, chosen.Name)]),
                cancellationToken);
    }

    /// <summary>Ends the link; what was published stays there.</summary>
    public async Task UnlinkAsync(int chatbot, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(chatbot, cancellationToken) is { } link)
        {
            var account = await accounts.FindAsync(link.AccountId, cancellationToken);
            await store.RemoveAsync(chatbot, trail.Entry(actor, "dingtalk-chatbot.unlink", SubjectOf(chatbot, link.Name),
                [new FieldChange("account", account?.Name, null)]), cancellationToken);
        }
    }

    /// <summary>Reads what is there now, and says what publishing would do.</summary>
    /// <returns>A plan, or why there is none.</returns>
    public async Task<(PublishPlan? Plan, VendorAnswer Answer)> PlanAsync(int chatbot, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await store.FindAsync(chatbot, cancellationToken) is not { } link
            || await chatbots.FindAsync(chatbot, actor, cancellationToken) is not { } found)
        {
            return (null, new VendorAnswer(VendorCodes.LinkGone));
        }

        var (answer, all) = await vendor.ListAsync(link.AccountId, cancellationToken);
        await store.ChangeAsync(chatbot, row => row.Read(answer, all, time.GetUtcNow()), cancellationToken);
        var others = (await store.ListAsync(link.AccountId, cancellationToken)).Where(other => other.ChatbotId != chatbot)
            .Select(other => other.VendorId).OfType<int>().ToHashSet();
        return (answer.IsAccepted ? PublishPlan.Make(found, link, all, others) : null, answer);
    }

    /// <summary>Publishes by a plan that somebody has agreed to.</summary>
    /// <param name="basis"><see cref="PublishPlan.Basis"/> of that plan.</param>
    /// <returns>False where another plan holds by now, or another order is being carried out; its outcome is in the order.</returns>
    public async Task<bool> ApplyAsync(int chatbot, string basis, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await PlanAsync(chatbot, actor, cancellationToken) is not ({ } plan, _) || plan.Basis != basis
            || await store.FindAsync(chatbot, cancellationToken) is not { } link
            || await chatbots.FindAsync(chatbot, actor, cancellationToken) is not { } found)
        {
            return false;
        }

        return await OrderAsync(new PublishRun
        {
            ChatbotId = chatbot, AccountId = link.AccountId, Wanted = ChatbotLink.Write(plan.Wanted), WantedRobot = found.Fingerprint,
            By = actor.Name, StartedAt = time.GetUtcNow(),
        }, actor);
    }

    /// <summary>Deletes at the vendor what was published, and ends the link.</summary>
    /// <returns>False where another order is being carried out, or there is no link.</returns>
    public async Task<bool> RemoveAsync(int chatbot, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await store.FindAsync(chatbot, cancellationToken) is { } link && await OrderAsync(
            new PublishRun
            {
                ChatbotId = chatbot, AccountId = link.AccountId, Removes = true, By = actor.Name, StartedAt = time.GetUtcNow(),
            }, actor);
    }

    /// <summary>Takes what was changed there as what is wanted here. The robot stays: the vendor does not show it whole.</summary>
    /// <returns>False where there is nothing to take, or it cannot be kept here.</returns>
    public async Task<bool> AcceptAsync(int chatbot, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(chatbot, cancellationToken) is not { SeenChatbot: { } seen }
            || ConfigList.Parse(seen.ConfigList).List is not { } rules || seen.IntervalMinutes > int.MaxValue)
        {
            return false;
        }

        var saved = await chatbots.SaveAsync(new ChatbotChange
        {
            Id = chatbot, Name = seen.Name, IntervalMinutes = (int)seen.IntervalMinutes, Rules = rules, GroupIds = seen.GroupIds,
            IsOn = seen.IsOn, Language = seen.Language == "en" ? DingTalkLanguage.En : DingTalkLanguage.Zh,
        }, actor, cancellationToken);
        if (saved is not Saved<DingTalkChatbot> { Stored: var stored })
        {
            return false;
        }

        await store.ChangeAsync(chatbot, row => row.Published = ChatbotLink.Write(VendorChatbot.Of(stored)), cancellationToken);
        return true;
    }

    // Once recorded it is carried out, whether or not whoever ordered it is still there.
    private async Task<bool> OrderAsync(PublishRun run, Actor actor)
    {
        if (!await store.OpenAsync(run, CancellationToken.None))
        {
            return false;
        }

        await publisher.RunAsync(run, actor, CancellationToken.None);
        return true;
    }

    private static AuditSubject SubjectOf(int chatbot, string name) =>
        new(SubjectKind, chatbot.ToString(CultureInfo.InvariantCulture), name);
}

/// <summary>How a chatbot is published.</summary>
/// <param name="Last">The newest order; null while there was none.</param>
internal sealed record PublishView(ChatbotLink Link, string Account, PublishStanding Standing, PublishRun? Last);
