package contract_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/cn"
)

// A deadlineHandler answers by when a request is due, in JSON. A Contract is
// immutable, so that one handler serves all connections without a lock.
type deadlineHandler struct{ contract *contract.Contract }

// longestBody is the most bytes of a body that are read.
const longestBody = 4 << 10

// A dueDate is one deadline of the answer.
type dueDate struct {
	Target string    `json:"target"`
	Clause string    `json:"clause"`
	Due    time.Time `json:"due"`
}

// ServeHTTP answers what is posted: {"received": …, "channel": …, "category": …}. Of a
// key that is given twice encoding/json takes the last.
func (h deadlineHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		fail(w, problem{Status: http.StatusMethodNotAllowed, Detail: "post the request as JSON"})
		return
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		fail(w, problem{Status: http.StatusUnsupportedMediaType, Detail: "post application/json"})
		return
	}
	var asked struct {
		Received                    time.Time
		Channel, Category, Priority string
	}
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestBody))
	body.DisallowUnknownFields()
	err := body.Decode(&asked)
	if err == nil {
		if _, err = body.Token(); err == io.EOF { // one object, and nothing after it
			err = nil
		} else if err == nil {
			err = errors.New("something stands after the object")
		}
	}
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		fail(w, problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("a request has at most %d bytes", long.Limit)})
		return
	case err != nil:
		fail(w, problem{Status: http.StatusBadRequest, Detail: err.Error()})
		return
	}
	list, err := h.contract.Deadlines(&contract.Request{
		Received: asked.Received,
		Selector: contract.Selector{Channel: asked.Channel, Category: asked.Category, Priority: asked.Priority},
	})
	if err != nil {
		fail(w, notValid(err))
		return
	}
	dues := make([]dueDate, 0, len(list))
	for _, d := range list {
		if !d.NotMeasured && !d.NotStarted {
			dues = append(dues, dueDate{d.Target(), d.Clause(), d.Due})
		}
	}
	reply(w, "application/json", http.StatusOK, dues)
}

// A problem is what is wrong, as RFC 9457 writes it.
type problem struct {
	Type   string  `json:"type,omitzero"` // about:blank where it is left out: no more than its status says
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail,omitzero"`
	Errors []wrong `json:"errors,omitzero"` // every fault, each where it lies
}

// A wrong is one fault: a JSON Pointer into what was posted, and what would be right.
type wrong struct {
	Pointer string `json:"pointer,omitzero"`
	Detail  string `json:"detail"`
}

// notValid tells the faults that the contract finds in a request. An error of another
// kind is ours, and says nothing of our inside.
func notValid(err error) problem {
	var all contract.Errors
	var one *contract.Error
	if !errors.As(err, &all) {
		if !errors.As(err, &one) {
			return problem{Status: http.StatusInternalServerError}
		}
		all = contract.Errors{one}
	}
	p := problem{Type: "https://example.net/request-not-valid", Title: "The contract cannot answer the request.", Status: http.StatusUnprocessableEntity}
	for _, e := range all {
		w := wrong{Detail: e.Msg}
		switch {
		case strings.HasPrefix(e.Pointer, "/"): // in the contract
			w.Detail = strings.TrimPrefix(e.Pointer, "/") + ": " + e.Msg
		case e.Pointer != "":
			w.Pointer = "#/" + e.Pointer
		}
		p.Errors = append(p.Errors, w)
	}
	return p
}

func fail(w http.ResponseWriter, p problem) {
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	reply(w, "application/problem+json", p.Status, p)
}

func reply(w http.ResponseWriter, media string, status int, body any) {
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	_ = out.Encode(body) // a client that has gone gets no answer
}

// A service that tells by when a request is due: one contract for all connections,
// a body of bounded length, and faults as problem details (RFC 9457), all at once and
// each with its place.
func Example_service() {
	data, err := os.ReadFile("testdata/sample/contract.json")
	if err != nil {
		log.Fatal(err)
	}
	doc, err := contract.Parse(data)
	if err != nil {
		log.Fatal(err)
	}
	c, err := contract.Compile(doc, contract.Reference{Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()}})
	if err != nil {
		log.Fatal(err)
	}
	service := deadlineHandler{c} // http.Handle("/deadlines", service)

	for _, body := range []string{
		`{"received": "2024-04-03T17:20:00+08:00", "channel": "phone", "category": "technical support"}`, // Wednesday, before Qingming
		`{"received": "2024-04-03T17:20:00+08:00", "channel": "fax", "category": "consulting"}`,
		`{"channel": "phone"}`,
		`{"received": "2031-04-03T17:20:00+08:00", "category": "technical support"}`,
		`{"received": "2024-04-03T17:20:00+08:00", "urgent": true}`,
		`{"category": "` + strings.Repeat("x", longestBody) + `"}`,
	} {
		post := httptest.NewRequest(http.MethodPost, "/deadlines", strings.NewReader(body))
		post.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		service.ServeHTTP(answer, post)
		fmt.Print(answer.Code, " ", answer.Body)
	}
	// Output:
	// 200 [{"target":"phone and online response","clause":"4.1(1)","due":"2024-04-03T17:23:00+08:00"},{"target":"technical response","clause":"5.2","due":"2024-04-08T09:20:00+08:00"}]
	// 422 {"type":"https://example.net/request-not-valid","title":"The contract cannot answer the request.","status":422,"errors":[{"pointer":"#/channel","detail":"no channel \"fax\"; have e-mail, online, phone"},{"pointer":"#/category","detail":"no category \"consulting\"; have after-sales, fault, other, technical support, training"}]}
	// 422 {"type":"https://example.net/request-not-valid","title":"The contract cannot answer the request.","status":422,"errors":[{"pointer":"#/received","detail":"the instant of receipt is not stated"}]}
	// 422 {"type":"https://example.net/request-not-valid","title":"The contract cannot answer the request.","status":422,"errors":[{"detail":"targets/technical response: calendar cn 2025-11-04: 2031-04-03T17:20:00+08:00 lies outside what is published; hours are known from 2006-12-30T00:00:00+08:00 until 2026-12-29T00:00:00+08:00"}]}
	// 400 {"title":"Bad Request","status":400,"detail":"json: unknown field \"urgent\""}
	// 413 {"title":"Request Entity Too Large","status":413,"detail":"a request has at most 4096 bytes"}
}
