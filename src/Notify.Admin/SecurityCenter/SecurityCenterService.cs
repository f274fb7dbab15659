using System.Diagnostics;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.SecurityCenter;

/// <summary>Carries a verified call out on the chatbots, as the caller's role allows, and writes its answer.</summary>
internal sealed class SecurityCenterService(DingTalkChatbotService chatbots, AssetGroupStore groups, CallBinder binder,
    DingTalkExplanations explanations)
{
    /// <exception cref="CallRefusedException">The parameters are wrong or nothing has such an id; nothing was changed.</exception>
    /// <exception cref="NotPermittedException">The role may not do this.</exception>
    public async Task<byte[]> AnswerAsync(SecurityCenterCall call, string requestId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(SecurityCenterOperations.PolicyOf(call.Operation));
        switch (call.Operation)
        {
            case SecurityCenterOperation.CreateOrUpdateDingTalk:
                await SaveAsync(binder.ReadSave(call.Parameters), actor, cancellationToken);
                return SecurityCenterAnswers.Done(requestId);
            case SecurityCenterOperation.DescribeDingTalk:
                return await ListAsync(CallBinder.ReadList(call.Parameters), requestId, actor, cancellationToken);
            case SecurityCenterOperation.DeleteDingTalk:
                RefuseMissing(await chatbots.DeleteAsync([.. CallBinder.ReadDelete(call.Parameters).Ids], actor, cancellationToken));
                return SecurityCenterAnswers.Done(requestId);
            case SecurityCenterOperation.ModifyDingTalkStatus:
                var change = CallBinder.ReadSwitch(call.Parameters);
                RefuseMissing(await chatbots.SwitchAsync([.. change.Ids], change.IsOn, actor, cancellationToken));
                return SecurityCenterAnswers.Done(requestId);
            case SecurityCenterOperation.DingTalkOnlineTest:
                await TestAsync(CallBinder.ReadTest(call.Parameters).Id, actor, cancellationToken);
                return SecurityCenterAnswers.Done(requestId);
            case SecurityCenterOperation.DescribeDataSource:
                CallBinder.ReadDescribeDataSource(call.Parameters);
                return SecurityCenterAnswers.DataSources(requestId);
            case SecurityCenterOperation.DescribeGroupStruct:
                return SecurityCenterAnswers.GroupStruct(requestId, CallBinder.ReadDescribe(call.Parameters),
                    await GroupsAsync(cancellationToken));
            case SecurityCenterOperation.DescribeAllGroups:
                CallBinder.ReadDescribe(call.Parameters);
                return SecurityCenterAnswers.AllGroups(requestId, await GroupsAsync(cancellationToken));
            default:
                throw new CallRefusedException(SecurityCenterError.UnknownAction(call.Operation.ToString()));
        }
    }

    private async Task SaveAsync(SaveChatbotCall call, Actor actor, CancellationToken cancellationToken)
    {
        if (call.SendUrl.Masked is { } masked && call.Id is { } id)
        {
            var stored = await chatbots.FindAsync(id, actor, cancellationToken) ?? throw NoSuch("Id", id);
            if (stored.MaskedUrl != masked)
            {
                throw new CallRefusedException(SecurityCenterError.Invalid("SendUrl",
                    "a masked address must be the one that DescribeDingTalk answers for this Id"));
            }
        }

        var result = await chatbots.SaveAsync(
            new ChatbotChange
            {
                Id = call.Id,
                Name = call.Name,
                Webhook = call.SendUrl.Webhook?.Value,
                IntervalMinutes = call.IntervalMinutes,
                Language = call.Language,
                Rules = call.Rules,
                GroupIds = call.GroupIds,
            },
            actor,
            cancellationToken);
        switch (result)
        {
            case Saved<DingTalkChatbot>:
                return;
            case Gone<DingTalkChatbot>:
                throw NoSuch("Id", call.Id ?? 0);
            case Invalid<DingTalkChatbot> { Refusals: [var refusal, ..] }:
                throw new CallRefusedException(SecurityCenterError.Invalid(ParameterOf(refusal.Field),
                    explanations.Explain(refusal).TrimEnd('.')));
            default:
                throw new UnreachableException("A call expects no version.");
        }
    }

    private async Task<byte[]> ListAsync(ListChatbotsCall call, string requestId, Actor actor, CancellationToken cancellationToken)
    {
        var page = await chatbots.FindPageAsync(call.NameContains, call.Page, call.PageSize, actor, cancellationToken);
        return SecurityCenterAnswers.Chatbots(requestId, call, page.TotalCount, page.Chatbots.Select(c => new DescribedChatbot(
            c.Id, c.Name, c.MaskedUrl, c.IsOn, c.IntervalMinutes, c.ConfigList,
            GroupIds.TryRead(c.GroupIdList, out var ids, out _) ? ids : [], c.Language, c.CreatedAt, c.ChangedAt)));
    }

    private async Task TestAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        // The newest event that matched, else an example.
        var outcome = await chatbots.TestAsync(id, default, actor, cancellationToken) ?? throw NoSuch("Id", id);
        if (outcome.Result is not { } result)
        {
            throw new CallRefusedException(SecurityCenterError.Throttled(outcome.FreeIn ?? TimeSpan.FromSeconds(1)));
        }

        if (!result.Accepted)
        {
            throw new CallRefusedException(SecurityCenterError.TestFailed(result.Code, result.Detail));
        }
    }

    private async Task<IReadOnlyList<DescribedGroup>> GroupsAsync(CancellationToken cancellationToken) =>
        [.. (await groups.ListAsync(cancellationToken)).Select(g => new DescribedGroup(g.Id, g.Name))];

    private static void RefuseMissing(IReadOnlyList<int> missing)
    {
        if (missing.Count > 0)
        {
            throw NoSuch("Ids", missing[0]);
        }
    }

    private static CallRefusedException NoSuch(string parameter, int id) =>
        new(SecurityCenterError.Invalid(parameter, $"there is no chatbot {id}"));

    private static string ParameterOf(string field) => field switch
    {
        nameof(ChatbotFormModel.Name) => "RuleActionName",
        nameof(ChatbotFormModel.Interval) => "IntervalTime",
        nameof(ChatbotFormModel.GroupIds) => "GroupIdList",
        nameof(ChatbotFormModel.Webhook) or nameof(ChatbotFormModel.Secret) or nameof(ChatbotFormModel.Keyword)
            or nameof(ChatbotFormModel.Mobiles) => "SendUrl",
        _ => throw new InvalidOperationException($"The vendor's API cannot write {field}."),
    };
}
